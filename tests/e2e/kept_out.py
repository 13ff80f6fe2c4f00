#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server in the network that keeps the windows out, for each reason there is: what they say, and that they come in afterwards."""

import atexit
import os
import re
import sys

from harness import main, program_file, scenario

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from shared_server import Greeting, SharedServer, run  # noqa: E402

WORD = 't0m s word'
_server = []


def server():
    """The one of all scenarios, with an empty shop, the manager mary and the packer tom."""
    if not _server:
        one = SharedServer().__enter__()
        atexit.register(one.__exit__)
        _server.append(one)
        ctl(one, 'database', 'create')
        ctl(one, 'demo', '--orders', '20')
        for seat, role in (('mary', 'manager'), ('tom', 'packer')):
            ctl(one, 'user', 'add', seat, '--role', role, '--password-prompt', given=WORD + '\n')
    return _server[0]


def ctl(one, *arguments, given=''):
    return run(program_file('waybillctl'), *arguments, env={**os.environ, 'WAYBILL_DATABASE': one.superuser()}, input=given)


def office(shop, **changes):
    return shop.start('waybill', database=server().conninfo(**{'user': 'mary', 'password': WORD, **changes}))


def bench(shop, **changes):
    return shop.start('waybill-station', '--windowed', database=server().conninfo(**{'user': 'tom', 'password': WORD, **changes}))


def says(program, *patterns):
    """One text that can be read has all of these in it."""
    program.wait_for(lambda: any(all(re.search(p, text, re.IGNORECASE) for p in patterns) for text in program.texts()),
                     f'a text with {" and ".join(patterns)}')


def both_say(shop, *patterns, start=None, **changes):
    """The office window and the bench, side by side, say this; then they are closed."""
    windows = [begin(shop, **changes) for begin in start or (office, bench)]
    for window in windows:
        says(window, *patterns)
    for window in windows:
        window.close()


@scenario
def a_password_is_asked_for(shop):
    window = office(shop, password=None)
    says(window, 'wants a password for “mary”', r'~/\.pgpass')
    for word, pattern in (('wrong', 'did not accept the password of “mary”'), (WORD, None)):
        window.find('password text', 'Password').click()
        window.type(word).key('Return')
        if pattern:
            says(window, pattern)
    window.find('table row')


@scenario
def a_password_is_asked_for_at_the_bench(shop):
    window = bench(shop, password='wrong')
    says(window, 'did not accept the password of “tom”')
    window.find('password text', 'Password').click()
    window.type(WORD).key('Return')
    window.find('push button', 'Packing 1')


@scenario
def each_reason_is_said(shop):
    reasons = [
        ({'dbname': 'nope'}, 'there is no database “nope” on localhost', 'waybillctl database create'),
        ({'host': 'db.nowhere.invalid'}, 'the server “db.nowhere.invalid” is not known', 'Is the address right'),
        ({'port': 1}, 'localhost:1 cannot be reached: Connection refused', 'Is the server running'),
        ({'sslrootcert': f'{server().folder}/other-ca.crt'}, 'cannot be secured: .*certificate verify failed', 'sslrootcert'),
        ({'sslmode': 'disable'}, 'does not let “(mary|tom)” in', r'pg_hba\.conf'),
    ]
    for changes, *patterns in reasons:
        both_say(shop, *patterns, **changes)


@scenario
def an_old_server_is_said(shop):
    with Greeting(server(), '13.4') as old:
        both_say(shop, 'is PostgreSQL 13.4, at least 15 is needed', 'administrator', host='127.0.0.1', port=old.port,
                 sslmode='disable', sslrootcert=None)


@scenario
def an_expired_certificate_is_renewed(shop):
    try:
        server().use_certificate('expired')
        window = office(shop)
        says(window, 'cannot be secured: .*certificate', 'in date')
    finally:
        server().use_certificate('good')
    window.key('Return')  # Try again
    window.find('table row')


@scenario
def a_standby_is_read_only(shop):
    with server().standby() as port:
        for start, shows in ((office, 'table row'), (bench, 'push button')):
            window = start(shop, port=port)
            window.find(shows)
            says(window, 'The database is read-only at the moment')
            window.close()


@scenario
def the_wrong_role_is_said(shop):
    window = bench(shop, user='postgres', password='x')
    says(window, 'did not accept the password of “postgres”')
    window.close()
    server().sql("create role sally login password 'x'; grant wb_sales to sally")
    window = bench(shop, user='sally', password='x')
    says(window, 'may not pack', 'packer')
    window.close()
    server().sql("create role nora login password 'x'")
    both_say(shop, 'nora has no role in Waybill', 'waybillctl user add nora', user='nora', password='x')


@scenario
def a_schema_of_another_version_is_said(shop):
    newest = server().sql('select max(number) from wb.schema_migration')
    try:
        server().sql(f'update wb.schema_migration set number = 999 where number = {newest}')
        both_say(shop, 'is of version 999, newer than this program knows', 'update the program')
        server().sql('create table kept as select * from wb.schema_migration where number = 999;'
                     'delete from wb.schema_migration where number = 999')
        both_say(shop, 'older than this program needs', 'waybillctl database migrate')
    finally:
        server().sql('create table if not exists kept as select * from wb.schema_migration where false;'
                     f'insert into wb.schema_migration select {newest}, name, checksum, program, applied_at, applied_by from kept;'
                     f'update wb.schema_migration set number = {newest} where number = 999')


@scenario
def no_place_for_a_database_of_ones_own(shop):
    os.chmod(shop.folder, 0o711)
    os.mkdir(f'{shop.folder}/empty')
    cases = [
        (f'{shop.folder}/db', {'WAYBILL_SERVER_PATH': f'{shop.folder}/empty'}, 'no PostgreSQL server is installed', 'apt install postgresql'),
        ('/sys/waybill', {}, 'cannot make the folder /sys/waybill', '--database embedded:FOLDER'),
    ]
    for place, environment, *patterns in cases:
        both_say(shop, *patterns, start=[lambda shop, program=program, place=place, environment=environment: shop.start(
            program, database=f'embedded:{place}', environment=environment) for program in ('waybill', 'waybill-station')])


@scenario
def no_room_for_a_database_of_ones_own(shop):
    os.chmod(shop.folder, 0o711)
    if os.geteuid() != 0:
        return  # an ordinary user cannot mount a small disk
    for program in ('waybill', 'waybill-station'):
        window = shop.start('/usr/bin/unshare', '--mount', '--propagation', 'private', 'sh', '-c',
                            'mkdir -p d && mount -t tmpfs -o size=25m tmpfs d && chmod 711 d && exec "$@"', '-', program_file(program),
                            database=f'embedded:{shop.folder}/d/db', name=program)
        says(window, 'a new database needs', 'has only .* left', 'make room')
        window.close()


main()
