#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures that tests/pictures takes: what to start, and the steps to get there."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import time

from harness import Failed, GLib, Shop, turn, wait_for, xdotool

ORDERS = 400
WIDE, HALF, NARROW = (1280, 800), (800, 720), (360, 720)
TABLET = (600, 800)  # as narrow as a bench gets


# --- steps -----------------------------------------------------------------------------------------------------------

def page(title):
    return lambda program: program.find('list', 'Pages').find('list item', title).click()


def keys(*names):
    return lambda program: program.key(*names)


def typed(text):
    return lambda program: program.type(text)


def scanned(code):
    return lambda program: program.scan(code)


def shows(role, name=None, text=None):
    return lambda program: program.find(role, name, text)


def click(role, name=None, times=1):
    return lambda program: program.find(role, name).click(times=times)


def bench(step):
    """The bench in the hands of somebody who packs the next order up to a step."""
    def pack(program):
        wait_for(lambda: any('Packing' in button.name for button in program.find_all('push button')), 'the benches')
        program.find('push button', 'Packing 1').click()
        if step == 'idle':
            program.find('label', text=re.compile('orders? to pack|Order #'))
            return
        program.find('push button', re.compile('Next order|Go on')).click()
        program.find('push button', re.compile('I have read it|Start|I have'))
        sql = lambda query: program.shop.sql(query, re.search(r'dbname=(\S+)', program.shop.database).group(1))  # noqa: E731
        lines = sql("select l->>'sku', l->>'quantity' from wb.job j join wb.station s on s.id = j.station_id, "
                    "jsonb_array_elements(j.definition->'lines') l where s.code = 'P1' and j.state = 'claimed'")
        to_read = sql("select count(*) from wb.job j join wb.station s on s.id = j.station_id, "
                      "jsonb_array_elements(j.definition->'instructions') i where s.code = 'P1' and j.state = 'claimed' "
                      "and (i->>'must_acknowledge')::boolean")
        for wanted, codes in (('review', ['WB:CONFIRM'] * max(1, int(to_read))), ('pick', ['WB:CONFIRM'] * len(lines.split())),
                              ('verify', [sku for sku, n in (line.split('|') for line in lines.split()) for _ in range(int(n))]),
                              ('box', ['WB:CONFIRM']), ('weigh', ['9.99', 'WB:CONFIRM', '9.99'])):
            if wanted == step:
                break
            for code in codes:
                program.scan(code)
                turn(0.4)
        turn(0.8)
    return pack


def act(role, name):
    return lambda program: program.find(role, name).act()


def open_row(table):
    def step(program):
        program.find('tree table', table).find('list').find('table cell').click(times=2)
        program.find('push button', 'Back')
    return step


def in_search(text):
    def step(program):
        entry = program.find(re.compile('^(entry|text)$'), re.compile('^Search'))
        entry.click()
        program.type(text)
        program.wait_for(lambda: entry.text == text, 'the text')
    return step


# --- states that do not come by themselves ---------------------------------------------------------------------------

def locked(*tables):
    """Somebody else keeps tables to himself: what reads them waits, until the end of the picture."""
    def step(program):
        names = ', '.join(tables)
        holder = subprocess.Popen(['psql', '-XqAt', '-d', program.shop.database, '-c',
                                   f'begin; lock table {names} in access exclusive mode; select pg_sleep(600)'],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        program.shop.holders.append(holder)
        wait_for(lambda: int(program.shop.sql("select count(*) from pg_locks where granted and mode = 'AccessExclusiveLock' and "
                                              f"relation = '{tables[0]}'::regclass")) > 0, 'the lock')
    return step


def sql(statement):
    return lambda program: program.shop.sql(statement)


def cut_wire(program):
    program.shop.wires[0].cut()


def read_only(program):
    program.shop.sql(f"alter database {program.shop.sql('select current_database()')} set default_transaction_read_only = on")
    program.shop.sql('select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = '
                     'current_database()')


def says(pattern):
    return lambda program: program.wait_text(re.compile(pattern))


def opened(where, title='Orders'):
    """Opens an order (a customer, a product) that a condition finds."""
    def step(program):
        table, column = {'Orders': ('sales_order', 'number'), 'Customers': ('customer', 'number'), 'Products': ('sku', 'code')}[title]
        found = program.shop.sql(f'select {column} from wb.{table} where {where} order by id desc limit 1')
        page(title)(program)
        program.find('tree table', title).find('table cell')
        program.key('ctrl+f')
        program.type(found)
        program.key('Return')
        program.wait_for(lambda: program.find('tree table', title).find('label', found), found)
        turn(0.3)
        program.key('Home', 'Return')
        program.find('push button', 'Back')
        program.wait_for(lambda: len(program.texts()) > 15, 'the page')
    return step


def selected(n):
    return lambda program: program.key('Home', *['shift+Down'] * (n - 1))


# --- the album -------------------------------------------------------------------------------------------------------

class Picture:
    """What to start and how to get there. orders: of the demo shop; wire: over a wire that can be cut; role: as whom;
    looks: in every look that there is, not only light, dark and narrow."""

    def __init__(self, name, program, *steps, orders=ORDERS, wire=False, role=None, looks=False):
        self.name, self.program, self.steps = name, program, steps
        self.orders, self.wire, self.role, self.looks = orders, wire, role, looks


ALBUM = [
    Picture('orders', 'waybill', page('Orders'), looks=True),
    Picture('orders-empty', 'waybill', page('Orders'), says('No orders yet'), orders=0),
    Picture('orders-loading', 'waybill', page('Products'), locked('wb.sales_order'), keys('alt+1', 'ctrl+f'), typed('status:pending')),
    Picture('orders-slow', 'waybill', locked('wb.sales_order'), keys('ctrl+f'), typed('status:pending '), shows('push button', 'Cancel')),
    Picture('orders-cancelled', 'waybill', locked('wb.sales_order'), keys('ctrl+f'), typed('status:pending '),
            click('push button', 'Cancel'), says('^Cancelled$')),
    Picture('orders-search', 'waybill', keys('ctrl+f'), typed('status:p'), shows('list', 'Completions')),
    Picture('orders-filtered', 'waybill', in_search('status:processing total:>100'), keys('Return')),
    Picture('orders-mistyped', 'waybill', in_search('total:>'), keys('Return')),
    Picture('orders-nothing', 'waybill', in_search('no such order'), keys('Return'), says('Nothing found')),
    Picture('orders-selection', 'waybill', selected(3), shows('push button', 'Select nothing'), looks=True),
    Picture('orders-selection-all', 'waybill', keys('ctrl+a'), shows('push button', 'Select nothing')),
    Picture('orders-selection-hold', 'waybill', selected(3), click('push button', 'Hold')),
    Picture('orders-selection-more', 'waybill', selected(3), click('push button', 'More')),
    Picture('orders-row-menu', 'waybill', keys('Down', 'shift+F10'), shows('menu item')),
    Picture('orders-held', 'waybill', selected(3), click('push button', 'Rush'), says('rush')),
    Picture('orders-waiting', 'waybill', selected(3), locked('wb.hold'), click('push button', 'Release'), shows('label', re.compile('^Releasing'))),
    Picture('orders-filter-menu', 'waybill', click('push button', 'Add a filter')),
    Picture('orders-columns', 'waybill', click('push button', 'Columns')),
    Picture('orders-go-to', 'waybill', keys('Down', 'ctrl+g')),
    Picture('orders-cancel', 'waybill', selected(2), click('push button', 'More'), act('menu item', re.compile('^Cancel'))),
    Picture('orders-as-packer', 'waybill', page('Orders'), role='packer'),
    Picture('orders-as-analyst', 'waybill', selected(3), role='analyst'),
    Picture('orders-offline', 'waybill', cut_wire, says('no connection'), wire=True),
    Picture('orders-read-only', 'waybill', read_only, says('read-only'), selected(3)),
    Picture('quick-look', 'waybill', keys('Down', 'space'), shows('push button', 'Close quick look'), looks=True),
    Picture('quick-look-customer', 'waybill', page('Customers'), keys('Down', 'space'), shows('push button', 'Close quick look')),
    Picture('quick-look-product', 'waybill', page('Products'), keys('Down', 'space'), shows('push button', 'Close quick look')),
    Picture('order', 'waybill', open_row('Orders'), looks=True),
    Picture('order-held', 'waybill', opened("held and status = 'processing'")),
    Picture('order-shipped', 'waybill', opened("status = 'shipped' and line_count > 2")),
    Picture('order-returned', 'waybill', opened("fulfilment_status = 'returned'")),
    Picture('order-cancelled', 'waybill', opened("status = 'cancelled'")),
    Picture('order-gift', 'waybill', opened("gift and not held and exists (select from wb.order_note n where n.order_id = "
                                          "sales_order.id and n.kind = 'gift') and exists (select from wb.order_line l where l.order_id = sales_order.id "
                                          "and l.gift_message <> '')"), says('Gift message')),
    Picture('order-menu', 'waybill', open_row('Orders'), click('push button', 'What to do with this order')),
    Picture('order-loading', 'waybill', locked('wb.order_note'), open_row('Orders'), shows('push button', 'Cancel')),
    Picture('order-offline', 'waybill', open_row('Orders'), cut_wire, says('no connection'), wire=True),
    Picture('customers', 'waybill', page('Customers'), looks=True),
    Picture('customer', 'waybill', page('Customers'), open_row('Customers'), looks=True),
    Picture('customer-company', 'waybill', opened("kind = 'company' and orders_count > 1", 'Customers')),
    Picture('customer-edit', 'waybill', page('Customers'), open_row('Customers'), keys('ctrl+e'), shows('text', 'Name')),
    Picture('customer-edit-discard', 'waybill', page('Customers'), open_row('Customers'), keys('ctrl+e'), shows('text', 'Name'),
            typed('x'), keys('Escape'), says('Discard')),
    Picture('products', 'waybill', page('Products'), looks=True),
    Picture('product', 'waybill', page('Products'), open_row('Products'), looks=True),
    Picture('product-needed', 'waybill', opened("exists (select from wb.order_line l join wb.sales_order o on o.id = l.order_id where "
                                                "l.sku_id = sku.id and o.status = 'processing')", 'Products')),
    Picture('product-as-packer', 'waybill', page('Products'), open_row('Products'), role='packer'),
    Picture('prints', 'waybill', page('Prints')),
    Picture('prints-again', 'waybill', sql(
        "insert into wb.print (label_id, order_id, document, document_id, title, station_id, printer, person, reason, copy, at) "
        "select label_id, order_id, document, document_id || '-2', title, station_id, printer, person, 'It is torn or smudged', 2, now() "
        "from wb.print where copy = 1 order by at desc limit 3"), page('Prints'), says('It is torn or smudged')),
    Picture('prints-row-menu', 'waybill', page('Prints'), keys('Down', 'shift+F10'), shows('menu item')),
    Picture('print', 'waybill', opened("status = 'processing' and line_count > 2"), keys('ctrl+p'), shows('label', 'Not printed yet')),
    Picture('print-again', 'waybill', opened("status = 'shipped' and line_count > 2"), keys('ctrl+p'), shows('label', 'Why again?')),
    Picture('print-nothing', 'waybill', opened("status = 'cancelled'"), keys('ctrl+p'), shows('push button', 'Print')),
    Picture('print-queue', 'waybill', page('Prints'), keys('ctrl+shift+p'), says('Nothing to print')),
    Picture('labels-product', 'waybill', page('Products'), open_row('Products'), keys('ctrl+p'), shows('push button', 'Print 1 label')),
    Picture('labels-products', 'waybill', page('Products'), selected(7), keys('ctrl+p'), shows('push button', 'Print 7 labels')),
    Picture('labels-places', 'waybill', keys('ctrl+shift+l'), shows('push button', re.compile('^Print [0-9]+ labels'))),
    Picture('labels-places-none', 'waybill', keys('ctrl+shift+l'), shows('push button', re.compile('^Print [0-9]+ labels')),
            click('text', 'From place'), typed('nowhere'), says('No places')),
    Picture('labels-totes', 'waybill', keys('ctrl+shift+l'), shows('push button', re.compile('^Print [0-9]+ labels')),
            click('label', 'Labels for'), keys('Down', 'Return'), shows('push button', 'Print 10 labels')),
    Picture('labels-badges', 'waybill', keys('ctrl+shift+l'), shows('push button', re.compile('^Print [0-9]+ labels')),
            click('label', 'Labels for'), keys('Down', 'Down', 'Return'), says('badge')),
    Picture('labels-returns', 'waybill', opened("status = 'shipped' and line_count > 2"), keys('ctrl+shift+r'), shows('push button', 'Print 1 label')),
    Picture('menu', 'waybill', click('push button', 'Main menu')),
    Picture('about', 'waybill', click('push button', 'Main menu'), act('menu item', 'About Waybill')),
    Picture('preferences', 'waybill', keys('ctrl+comma'), looks=True),
    Picture('shop', 'waybill', keys('ctrl+comma'), click('page tab', 'Shop'), shows('text', 'Name'), looks=True),
    Picture('shop-refused', 'waybill', keys('ctrl+comma'), click('page tab', 'Shop'), click('text', re.compile('^Time zone')), keys('ctrl+a'),
            typed('Berlin'), keys('Return'), says('such as Europe/Berlin, not')),
    Picture('devices', 'waybill', keys('ctrl+comma'), click('page tab', 'Devices'), shows('label', 'Nothing was found'), looks=True),
    Picture('shortcuts', 'waybill', keys('ctrl+question')),
    Picture('bench-idle', 'waybill-station --windowed', bench('idle')),
    Picture('bench-devices', 'waybill-station --windowed', bench('idle'), keys('ctrl+comma'), shows('label', 'Nothing was found')),
    Picture('bench-review', 'waybill-station --windowed', bench('review')),
    Picture('bench-pick', 'waybill-station --windowed', bench('pick')),
    Picture('bench-verify', 'waybill-station --windowed', bench('verify')),
    Picture('bench-wrong', 'waybill-station --windowed', bench('verify'), scanned('4012345678901'), shows('label', text='Nobody here knows this code.')),
    Picture('bench-box', 'waybill-station --windowed', bench('box')),
    Picture('bench-weigh', 'waybill-station --windowed', bench('weigh')),
    Picture('bench-label', 'waybill-station --windowed', bench('label')),
    Picture('bench-print-queue', 'waybill-station --windowed --paper-printer socket:127.0.0.1:9', bench('idle'), keys('F10'),
            act('menu item', 'Print the command barcodes'), keys('F10'), act('menu item', 'Print queue'), shows('list', 'Print jobs')),
]

# How a picture is taken: name, size, environment, settings.
LOOKS = [
    ('wide', WIDE, {}, {}),
    ('wide-dark', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, {}),
]
MORE_LOOKS = [
    ('wide-contrast', WIDE, {'ADW_DEBUG_HIGH_CONTRAST': '1'}, {}),
    ('wide-contrast-dark', WIDE, {'ADW_DEBUG_HIGH_CONTRAST': '1', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, {}),
    ('wide-rtl', WIDE, {'WAYBILL_DIRECTION': 'rtl'}, {}),
    ('wide-compact', WIDE, {}, {'density': "'compact'"}),
    ('wide-text150', WIDE, {}, {'text-scale': '1.5'}),
    ('half', HALF, {}, {}),
]


# --- taking them -----------------------------------------------------------------------------------------------------

def windows(program):
    """The windows of the program that can be seen, and where: {id: (x, y, width, height)}."""
    found = xdotool('search', '--all', '--onlyvisible', '--pid', str(program.pid), '--name', '.', check=False).split()
    places = {}
    for window in found:
        shell = xdotool('getwindowgeometry', '--shell', window, check=False)
        geometry = dict(line.split('=') for line in shell.split() if '=' in line)
        if geometry:
            places[window] = tuple(int(geometry[k]) for k in ('X', 'Y', 'WIDTH', 'HEIGHT'))
    return places


def capture(places):
    left, top = max(0, min(x for x, _, _, _ in places)), max(0, min(y for _, y, _, _ in places))
    right, bottom = max(x + w for x, _, w, _ in places), max(y + h for _, y, _, h in places)
    return subprocess.run(['import', '-window', 'root', '-crop', f'{right - left}x{bottom - top}+{left}+{top}', '+repage',
                           '-define', 'png:exclude-chunks=date,time', 'png:-'], check=True, capture_output=True).stdout


def take(program, path):
    """Once nothing moves any more: two captures in a row are equal."""
    before, deadline = None, time.monotonic() + 5
    while True:
        places = list(windows(program).values())
        now = capture(places) if places else None
        if (now is not None and now == before) or time.monotonic() > deadline:
            break
        before = now
        turn(0.15)
    if now is None:
        raise Failed(f'{program.name} has no window')
    with open(path, 'wb') as out:
        out.write(now)
    print(path, flush=True)


def place(program, size):
    """Its window fills a screen of that size; dialogs that are wider become as narrow as they can."""
    for window, (_, _, width, height) in windows(program).items():
        if len(windows(program)) == 1 or width > size[0]:
            xdotool('windowsize', window, str(size[0]), str(size[1] if width >= WIDE[0] - 20 or height > size[1] else height))
            xdotool('windowmove', window, '0', '0')
    wait_for(lambda: any(abs(w - size[0]) < 2 for _, _, w, _ in windows(program).values()), f'a width of {size[0]}', 5)


def keep_settings(shop, settings):
    """Settings as somebody has them, in a folder of their own; what it takes in the environment."""
    if not settings:
        return {}
    folder = os.path.join(shop.folder, 'config')
    shutil.copytree(os.environ['XDG_CONFIG_HOME'], folder, dirs_exist_ok=True)
    os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'), exist_ok=True)
    with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as out:
        out.write('[org/waybill/Waybill]\n' + ''.join(f'{key}={value}\n' for key, value in settings.items()))
    return {'XDG_CONFIG_HOME': folder, 'GSETTINGS_BACKEND': 'keyfile'}


def open_shop(picture, look):
    shop = Shop(f'album_{picture.name}_{look}', orders=picture.orders)
    shop.holders = []
    database = shop.database
    if picture.wire:
        database = shop.wire().database
    if picture.role:
        login = f'album_{picture.role}'
        shop.sql(f"do $$ begin if to_regrole('{login}') is null then create role {login} login in role wb_{picture.role}; end if; "
                 f"insert into wb.staff (login, display_name) values ('{login}', 'Alex {picture.role.title()}'); end $$")
        database = re.sub(r'user=\S+', f'user={login}', database)
    return shop, database


def take_one(directory, picture, look, size, environment, settings):
    """One picture, and for the plain looks the same in a narrow window; what went wrong."""
    shop, database = open_shop(picture, look)
    errors = []
    try:
        program = shop.start(*picture.program.split(), database=database, environment={
            'ADW_DEBUG_COLOR_SCHEME': 'prefer-light', **environment, **keep_settings(shop, settings)})
        program.find('frame')
        place(program, size)
        program.activate()
        if picture.program == 'waybill' and picture.orders:
            program.find('table row')
        for step in picture.steps:
            step(program)
            turn(0.1)
        take(program, os.path.join(directory, f'{picture.name}-{look}.png'))
        if look.startswith('wide') and not settings and look in ('wide', 'wide-dark', 'wide-rtl'):
            try:
                place(program, TABLET if picture.program.startswith('waybill-station') else NARROW)
                take(program, os.path.join(directory, f'{picture.name}-{look.replace("wide", "narrow")}.png'))
            except Failed as error:
                print(f'{picture.name}: {error}: no narrow picture', file=sys.stderr)
    except (Failed, GLib.Error, subprocess.CalledProcessError) as error:
        errors.append(str(error))
    for holder in shop.holders:
        holder.terminate()
        holder.wait()
    if shop.holders:
        shop.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where query ~ 'pg_sleep.600' and pid <> pg_backend_pid()")
    errors += shop.finish()
    shop.clean()
    return errors


def main():
    if '--list' in sys.argv:
        print('\n'.join(picture.name for picture in ALBUM))
        return 0
    directory, wanted = sys.argv[1], sys.argv[2:]
    chosen = [p for p in ALBUM if not wanted or any(fnmatch.fnmatch(p.name, w) for w in wanted)]
    if not chosen:
        print(f'pictures: no picture is called {" ".join(wanted)}; pictures --list', file=sys.stderr)
        return 2
    bad = 0
    for picture in chosen:
        for look in LOOKS + (MORE_LOOKS if picture.looks else []):
            errors = take_one(directory, picture, *look)
            for error in errors:
                print(f'{picture.name}-{look[0]}: {error}', file=sys.stderr)
            bad += bool(errors)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
