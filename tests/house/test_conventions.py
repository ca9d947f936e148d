"""House rules that nobody has to remember."""

import ast
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.template import engines
from django.template.loader import get_template
from django.urls import get_resolver, reverse

from careers import urls
from careers.guide.models.publishing import GuideModel
from careers.guide.models.triggers import guide_tables
from careers.guide.services.loading import FILES, FIXTURES
from tests.factories import make_user
from tests.run import AGAIN_ON_POSTGRESQL, NOT_QUICK, file_of
from tests.whole_person import models_of_people

ROOT = Path(settings.BASE_DIR)
NOUNS = [model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = {path.name: path.read_text() for path in sorted((ROOT / "static/css").glob("*.css"))}


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_admin_list_and_forms_open(guide, client, model):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    opts, desk = model._meta, admin.site._registry[model]
    names = f"admin:{opts.app_label}_{opts.model_name}"
    assert client.get(reverse(f"{names}_changelist")).status_code == 200
    assert client.get(reverse(f"{names}_changelist"), {"q": "a"}).status_code == 200
    add = client.get(reverse(f"{names}_add"))
    assert add.status_code == (200 if desk.has_add_permission(add.wsgi_request) else 403)
    first = model._default_manager.first()
    if first is not None:
        assert client.get(reverse(f"{names}_change", args=[first.pk])).status_code == 200


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model._meta.label)
def test_every_guide_noun_has_its_desk(model):
    assert model in admin.site._registry


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_guide_noun_and_row_raises_the_revision():
    tables = {model._meta.db_table for model in NOUNS}
    assert tables < set(guide_tables())
    of_people = models_of_people()
    for model in apps.get_app_config("careers").get_models():
        if model in of_people:
            assert model._meta.db_table not in guide_tables(), "what a person does changes no page of the guide"
            continue
        points_at_guide = any(
            field.related_model in NOUNS for field in model._meta.fields if field.is_relation and field.related_model
        )
        if points_at_guide:
            assert model._meta.db_table in guide_tables(), f"{model._meta.label} changes pages unseen"


def test_every_fixture_file_is_loaded():
    assert {path.stem for path in FIXTURES.glob("*.json")} == set(FILES)


def test_every_published_object_has_a_source_and_a_day():
    for name in FILES:
        for row in json.loads((FIXTURES / f"{name}.json").read_text()):
            if "status" in row["fields"]:
                assert row["fields"]["source_name"], row["fields"]["slug"]
                assert row["fields"]["checked_on"], row["fields"]["slug"]


STATUS = r"[\w.]*\b(?:status|outcome|state)\b"
STATUS_AS_TEXT = re.compile(
    rf"""{{%[^%]*(?:{STATUS} *(?:[=!]=|in) *["']|["'] *(?:[=!]=|in) *{STATUS}|={STATUS}(?![\w.]))"""
)


def test_a_status_that_a_template_spells_is_found():
    for spelt in (
        'if plan.status == "passed"',
        "if 'booked' != status",
        'if "draft" in role.status',
        "with s=plan.status",
        'if mail.state == "sent"',
    ):
        assert STATUS_AS_TEXT.search(f"{{% {spelt} %}}"), spelt
    assert not STATUS_AS_TEXT.search('<p class="status">{% if plan.is_over %}{{ plan.status }}{% endif %}</p>')


OF_STATUSES = {
    "models.py",
    "rules",
    "rules.py",
    "services",
    "services.py",
}  # they say what each means, and what follows it


def test_a_view_asks_a_plan_and_compares_no_status():
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "careers" / "plans").rglob("*.py"))
        if not OF_STATUSES & set(path.parts)
        for line in path.read_text().splitlines()
        if re.search(r"\bstatus *([=!]=|(not )?in\b)", line)
    ]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_compiles_and_keeps_the_house_rules(path):
    text = path.read_text()
    engines["django"].from_string(text)
    for named in re.findall(r"""{% *(?:include|extends) ["']([^"']+)""", text):
        get_template(named)
    assert "|safe" not in text
    assert "style=" not in text
    assert "autoescape off" not in text
    assert not re.search(r'(href|action|src)="/[a-z]', text), "addresses come from {% url %} and {% static %}"
    assert [line for line in text.splitlines() if len(line) > 200] == [], "{% oneline %} breaks what must gain no space"
    assert not STATUS_AS_TEXT.search(text), "a template asks plan.is_over, and spells no status"


# Of what Django, allauth and crispy-forms hand to templates, what this code never says itself.
OF_LIBRARIES = {
    *("counter", "counter0", "grouper", "parentloop"),
    *("ELLIPSIS", "get_elided_page_range", "has_next", "has_other_pages", "has_previous", "next_page_number"),
    *("num_pages", "previous_page_number", "result_count"),
    *("add_url", "admin_url", "ascending", "class_attrib", "has_filters", "sort_priority", "sortable", "url_primary"),
    *("aria_describedby", "css_classes", "html_name", "label_tag", "level_tag", "wrap"),
    *("deletion_field", "fk_field", "has_visible_field", "inline_formset_data", "is_checkbox", "is_collapsible"),
    *("is_readonly", "needs_explicit_pk_field", "pk_field"),
    *("allowCredentials", "get_unused_codes", "get_username", "is_passwordless", "publicKey", "request_options"),
}
IN_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def test_a_template_asks_for_no_name_that_nothing_has():
    """Of a name that was given up a template makes nothing, and says so to nobody, until it is part of an address."""
    names = {*OF_LIBRARIES, *names_in_code()}
    for path in (*TEMPLATES, *ROOT.glob("templates/**/*.txt")):
        for tag in IN_TAGS.findall(path.read_text()):
            asked = set(re.findall(r"\.([A-Za-z_]\w*)", re.sub(r"\"[^\"]*\"|'[^']*'", "", tag)))
            assert asked <= names, f"{path}: {asked - names}"


def names_in_code():
    """All that the code names or spells, but names that columns of the database have for themselves."""
    for node in (node for path in ROOT.glob("[bc]*/**/*.py") for node in named_in(path)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Attribute(attr=name) | ast.Name(id=name):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.keyword(arg="db_column", value=column):
                column.value = ""
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
                yield name


def named_in(path):
    return () if "migrations" in path.parts else ast.walk(ast.parse(path.read_text()))


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_keeps_the_house_rules(name):
    text = SHEETS[name]
    assert [line for line in text.splitlines() if len(line) > 120] == []
    if name != "admin.css":  # Django's own sheets, which cannot be put before it, win otherwise
        # What is not for paper stays off it whatever it is.
        assert text.count("!important") == (name == "media.css")
        rest = text.partition("/* End of the token block */")[2] if name == "tokens.css" else text
        assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|\b(rgb|hsl)a?\(", rest), "a colour is a number among the tokens only"


def test_forms_hold_no_markup_of_a_page():
    """What stands between fields is a template: `careers.fields.forms.Fragment`."""
    forms = [path for path in (ROOT / "careers").rglob("*.py") if "form" in str(path.relative_to(ROOT))]
    assert len(forms) > 20
    found = re.compile(r"\bHTML\b|<(a|p|div|button|h\d)[ >]")
    assert [path.name for path in forms if found.search(path.read_text())] == []


def test_classes_of_plans_are_plans_own():
    """`plan-…` is a certification plan: what the planner finds is a route."""
    about = re.compile(r'class="[^"]*\bplan-[^"]*"')
    at = {str(path.relative_to(ROOT)) for path in TEMPLATES if about.search(re.sub(r"{%.*?%}", "", path.read_text()))}
    assert at, "there are some"
    assert {path for path in at if not path.startswith("templates/careers/plans/")} == set()
    assert {name for name, text in SHEETS.items() if re.search(r"\.plan-", text)} == {"plans.css"}
    forms = [
        path
        for path in (ROOT / "careers").rglob("forms*.py")
        if re.search(r'"([\w ]+ )?plan-[\w-]+"', path.read_text())
    ]
    assert forms == []


def test_what_is_the_databases_own_is_tried_on_both():
    """Tests with transactions of their own meet locks and order, which are where two databases differ."""
    own = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "browser" not in path.parts
        and "django_db(transaction=True)" in path.read_text()
        and "pytestmark = [pytest.mark.soak"
        not in path.read_text()  # asked for by hand, on the database that one names
    } - {file_of("house/conventions")}
    again = {file_of(name) for name in AGAIN_ON_POSTGRESQL}
    assert {file_of("house/concurrency"), file_of("house/migrations"), file_of("faults/backup")} < own
    assert own <= again
    marked = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "@pytest.mark.any_database" in path.read_text()
    }
    assert marked <= again | {file_of("house/conventions")}, "it is left out of what is not asked"
    assert all((ROOT / path).exists() for path in [*again, *map(file_of, NOT_QUICK)])


def test_each_of_the_desks_fifteen_acceptance_tests_is_there_under_its_number_on_both_databases():
    again, found = {file_of(name) for name in AGAIN_ON_POSTGRESQL}, set()
    for path in (ROOT / "tests/desk").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.FunctionDef) and re.match(r"test_acceptance_(\d+)_", node.name)
            if named:
                marks = " ".join(map(ast.unparse, node.decorator_list))
                assert str(path.relative_to(ROOT)) in again, f"{path.name} has {node.name}"
                assert "any_database" not in marks, node.name
                found.add(int(named[1]))
    assert found == set(range(1, 16))


# What an address is about. A new one is added here after a look at the words of docs/architecture.md.
ABOUT = (
    "answer|attempt|book|calendar|call|card|certificate|certification|clock|company|cv|data|entry|evidence|exit|"
    "file|goal|group|guide|industry|invitation|item|job|match|me|message|occupation|paper|plan|practice|preview|"
    "profile|question|reminder|result|role|route|saved|schooling|score|search|share|site|skill|step|streak|vote"
)
NOUN_VERB = re.compile(rf"({ABOUT})(-[a-z]+)+")


def test_url_names_are_noun_verb_and_so_are_the_views_behind_them():
    assert not any(map(NOUN_VERB.fullmatch, ("plan", "plan-", "-read", "thing-read", "plan_read", "Plan-read")))
    views = {one.name: one.callback.__name__ for one in get_resolver("careers.urls").url_patterns if one.name}
    views = {name: view for name, view in views.items() if name != "home"}
    assert len(views) > 100
    assert [name for name in views if not NOUN_VERB.fullmatch(name)] == []
    # A module of one noun need not say it again: site.favicon.
    named = {name: {name.replace("-", "_"), name.partition("-")[2]} for name in views}
    assert {name: view for name, view in views.items() if view not in named[name]} == {}


# The list of saved roles, and practice, have links of their own.
LISTED_BESIDE = ("saved-", "group-", "streak-", "card-", "answer-", "score-")


def test_every_page_of_ones_own_stands_under_my_plan():
    text = (ROOT / "templates/parts/page/_own_link.html").read_text()
    sections = next(line for line in re.findall(r'section="([^"]*)"', text) if line.startswith("me- ")).split()
    sections += " ".join(re.findall(r'section\|add:"([^"]*)"', text)).split()
    own = {one.name for one in get_resolver("careers.urls").url_patterns if str(one.pattern).startswith("me/")}
    no_pages = {"certificate-track", "certificate-event", "share-delete", "share-revoke"}
    assert len(own) > 80
    assert {name for name in own if not name.startswith((*sections, *LISTED_BESIDE))} == no_pages


SAMPLES = {"int": "1", "slug": "a-b", "str": "word", "path": "a/b", "code": "43-4051.00"}


def test_no_two_nouns_answer_the_same_address():
    """So that in which order their addresses stand does not matter."""
    nouns = [module for module in vars(urls).values() if isinstance(module, ModuleType)]
    assert sum(len(noun.urlpatterns) for noun in nouns) == len(urls.urlpatterns)
    for noun in nouns:
        others = [one for other in nouns if other is not noun for one in other.urlpatterns]
        for pattern in noun.urlpatterns:
            address = re.sub(r"<(\w+):\w+>", lambda part: SAMPLES[part[1]], str(pattern.pattern))
            assert pattern.pattern.match(address), address
            assert [one.name for one in others if one.pattern.match(address)] == [], address


OF_A_PERSON = re.compile(r'["“]?Who(?:m|se|ever)?\b')
OF_A_QUESTION = re.compile(r'["“]?Who(?:m|se|ever)?\b|["“]?What(?:ever)?\b')


def test_a_docstring_is_about_its_function_and_not_about_whoever_calls_it():
    """“Return …”, “True if …”, “The last row that …”. A module may say what it is about: “What readers …”."""
    assert OF_A_PERSON.match("Whoever asks")
    assert OF_A_QUESTION.match("What is left.")
    assert not OF_A_QUESTION.match("Whole sentences.")
    begins_wrong = [
        f"{path.relative_to(ROOT)}: {text.splitlines()[0]}"
        for app in ("careers", "bpo_portal")
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (text := ast.get_docstring(node))
        and (OF_A_PERSON if isinstance(node, ast.Module) else OF_A_QUESTION).match(text)
    ]
    assert begins_wrong == []


ONE_NAME_FOR_TWO = {
    "LineField": "the column, and the field of a form for it, are called alike, as Django's own are",
    "TextField": "the same",
}


def test_a_name_that_two_modules_define_is_imported_from_one_of_them():
    """The other is its module's own, or read as `module.name`, so that a name means one thing in every file."""
    defined, imported = {}, set()
    for app in ("careers", "bpo_portal"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                tree = ast.parse(path.read_text())
                for node in tree.body:
                    if isinstance(node, ast.FunctionDef | ast.ClassDef):
                        defined.setdefault(node.name, set()).add(module)
                for node in ast.walk(tree):
                    if isinstance(node, ast.ImportFrom):
                        imported |= {(node.module, one.name) for one in node.names}
    assert len(defined) > 1500
    from_two = {
        name: sorted(known)
        for name, modules in defined.items()
        if len(known := {module for module in modules if (module, name) in imported}) > 1
    }
    assert {name: known for name, known in from_two.items() if name not in ONE_NAME_FOR_TWO} == {}


AWARE = r"(?:\w*_at|now|moment)\b"
DAY_OF_NO_ZONE = re.compile(
    rf"{{(?!\w*\.?local)[^{{}}\n]*\b{AWARE}(?![^{{}}\n]*astimezone)[^{{}}\n]*:[^{{}}\n]*%|\b\w*_at\.date\(|\.strftime\("
    rf"|(?<!def )(?:day|moment)_in_words\((?!\w*\.?local)[\w.]*\b{AWARE}"
)


def test_no_moment_is_said_as_a_day_of_the_servers_zone():
    """`localtime` and `localdate` say it in the zone of whoever reads."""
    assert DAY_OF_NO_ZONE.search('f"Link of {self.created_at:%d %B %Y}"')
    assert DAY_OF_NO_ZONE.search('f"Link of {day_in_words(self.created_at)}"')
    assert not DAY_OF_NO_ZONE.search('f"{timezone.localtime(now):%Y-%m-%d}"')
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted((ROOT / "careers").rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if DAY_OF_NO_ZONE.search(line)
    ]
    assert found == []


SPELT_OUT = re.compile(
    r"%[BbAa]\b|\bintcomma|\bdate_format\b"  # a month or a weekday
    r"""|['"]s?['"] if [^\n]*(?:[=!]= 1|> 1)\b|(?:[=!]= 1|> 1) else ['"]s?['"]}"""  # “s” where there are several
    r"|\bpluralize\b|\|date:[\"'][^\"']*[jFlMD]|:,?\.2f|[£€₹₱]|US\$\{"
)
SPELLS = {"careers/lib/days.py", "careers/lib/words.py"}


def test_days_plurals_and_money_are_said_in_one_place():
    for spelt in (
        'f"{day:%d %B}"', "f\"{n} role{'' if n == 1 else 's'}\"", "f\"{n} role{'s' if n != 1 else ''}\"",
        "{{ n }} role{{ n|pluralize }}", '{{ day|date:"j F Y" }}', 'f"{fee:,.2f}"', "f'€{fee}'",
    ):  # fmt: skip
        assert SPELT_OUT.search(spelt), spelt
    assert not SPELT_OUT.search('{{ n|counted:"role" }} {{ day|date:"Y-m-d" }} {{ day|day }}')
    read_from_people = {"careers/fields/forms.py": ["DAY_FORMATS"]}
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]
    found = [
        f"{name}:{number}: {line.strip()}"
        for path in [*sorted((ROOT / "careers").rglob("*.py")), *sorted(templates)]
        if (name := str(path.relative_to(ROOT))) not in SPELLS and "migrations" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if SPELT_OUT.search(line) and not any(map(line.startswith, read_from_people.get(name, ())))
    ]
    assert found == []
