from bpo_portal.threads import Threads
from bpo_portal.wsgi import application as pages

# More threads would open a database connection each and wait for SQLite anyway.
application = Threads(pages, threads=4)
