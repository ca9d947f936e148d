"""What is checked of all O*NET files together, before the first of them is written."""

from careers.occupations.models import Collection, OccupationRelation, OccupationTask, OccupationTitle
from careers.occupations.onet.rules import Row, codes_of
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError, OnetFile

MOST_REMOVED = 20  # in a hundred of what is stored


def check_codes(files: list[OnetFile]) -> None:
    """Every row refers to occupations that will be there; the others are faults of their files."""
    codes: set[object] = {row.key for file in files if file.name == "occupations" for _, row in file.rows}
    if any(file.faults.skipped for file in files if file.name == "occupations"):
        codes |= stored_keys()["occupations"]  # those stay, as a line left out may have said them
    for file in files:
        file.rows = [(number, row) for number, row in file.rows if are_known(codes, row, number, file)]
        if not file.rows:
            raise OnetError(f"{file.layout.file} has no line that could be imported.")


def are_known(codes: set[object], row: Row, number: int, file: OnetFile) -> bool:
    strange = [code for code in codes_of(row) if code not in codes]
    if strange:
        file.faults.found(number, f"no occupation has the code {strange[0]}")
    return not strange


def check_removals(files: list[OnetFile]) -> None:
    """A file that lost much of what an earlier one had is cut off more likely than true."""
    stored = stored_keys()
    for file in files:
        before = stored[file.name]
        gone = 0 if file.faults.skipped else len(before - {row.key for _, row in file.rows})
        if gone * 100 > len(before) * MOST_REMOVED:
            raise OnetError(
                f"{file.layout.file} lacks {gone:,} of the {len(before):,} rows that an earlier import brought, more "
                f"than {MOST_REMOVED} %. It may be cut off. Nothing was imported; if the rows are to go, say "
                "--allow-removals."
            )


def check_still_there(collection: Collection, file: OnetFile) -> None:
    """Another import may have taken occupations away since the files were read."""
    named = {code for _, row in file.rows for code in codes_of(row)}
    if gone := named.difference(collection.occupations.values_list("code", flat=True)):
        raise OnetError(f"Meanwhile another import has removed the occupation {min(gone)}. Run this one again.")


def stored_keys() -> dict[str, set[object]]:
    """By file, the keys that its rows would have if it said what is stored."""
    collection = Collection.objects.filter(slug=Collection.ONET).first()
    if not collection:
        return {name: set() for name in LAYOUTS}
    occupations = collection.occupations
    titles = OccupationTitle.objects.filter(occupation__collection=collection, is_own=False)
    tasks = OccupationTask.objects.filter(occupation__collection=collection)
    relations = OccupationRelation.objects.filter(from_occupation__collection=collection)
    return {
        "scale": {int(zone) for zone in collection.zone_names},
        "occupations": set(occupations.values_list("code", flat=True)),
        "zones": set(occupations.exclude(job_zone=None).values_list("code", flat=True)),
        "titles": set(titles.values_list("occupation__code", "title")),
        "tasks": set(tasks.values_list("occupation__code", "task_id")),
        "relations": set(relations.values_list("from_occupation__code", "to_occupation__code")),
    }
