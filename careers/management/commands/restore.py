from pathlib import Path

from django.core.management import BaseCommand, CommandError

from careers.backups.services.backups import BackupError, read_passphrase
from careers.backups.services.restoring import check_backup, restore

OTHER_KEY = (
    "It was made under another SECRET_KEY. Put that one into SECRET_KEY or SECRET_KEY_FALLBACKS: without it nobody "
    "with a second step gets in, and guests do not find their work."
)


class Command(BaseCommand):
    help = "Bring a backup back into an empty place. Stop the portal first. docs/operate.md has the drill."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument("--passphrase-file", type=Path, help="the file with the passphrase of an encrypted one")
        parser.add_argument("--overwrite", action="store_true", help="replace the database and files that are there")
        parser.add_argument("--check", action="store_true", help="only read all of it and say what it is")

    def handle(self, *, file, passphrase_file, overwrite, check, **options):
        try:
            passphrase = read_passphrase(passphrase_file)
            if check:
                self.tell("Whole", check_backup(path=file, passphrase=passphrase))
                return
            restored = restore(path=file, passphrase=passphrase, overwrite=overwrite)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.tell("Restored", restored.manifest)
        if restored.migrated:
            self.stdout.write("It was of an older version, and was migrated.")
        self.stdout.write("Everybody signs in again. Start the portal.")
        if not restored.same_secret:
            self.stderr.write(OTHER_KEY)

    def tell(self, what, manifest):
        self.stdout.write(f"{what}: database and {len(manifest.files)} files of {manifest.made_at}.")
        for name in manifest.missing:
            self.stderr.write(f"The file {name} was missing already when the backup was made.")
