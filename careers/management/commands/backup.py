from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from careers.backups.services.backups import BackupError, make_backup, read_passphrase


class Command(BaseCommand):
    help = "Write the database and people's files into one file, while the portal runs. docs/operate.md has the drill."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the backup is written; the folder has to be there")
        parser.add_argument("--keep", type=int, help="how many backups stay there, this one counted (default: all)")
        parser.add_argument("--passphrase-file", type=Path, help="encrypt it: the first line of this file opens it")

    def handle(self, *, folder, keep, passphrase_file, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep goes from 1.")
        try:
            passphrase = read_passphrase(passphrase_file)
            made = make_backup(folder=folder, passphrase=passphrase, keep=keep, now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = made.path.stat().st_size / 1_000_000
        self.stdout.write(f"Wrote {made.path}: {size:.1f} MB with {made.files} files, read again and whole.")
        for name in made.missing:
            self.stderr.write(f"The database names the file {name}, which is not there: the backup is without it.")
        for name in made.removed:
            self.stdout.write(f"Removed {name}.")
