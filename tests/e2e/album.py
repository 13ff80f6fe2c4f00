#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures that tests/pictures takes: what to start, and the steps to get there."""

import fnmatch
import os
import re
import subprocess
import sys
import time

from harness import Failed, GLib, Shop, listen, turn, wait_for, xdotool

ORDERS = 400
WIDE, NARROW = (1280, 800), (360, 720)


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


# --- the album: name, program, steps ---------------------------------------------------------------------------------

ALBUM = [
    ('orders', 'waybill', page('Orders')),
    ('customers', 'waybill', page('Customers')),
    ('products', 'waybill', page('Products')),
    ('orders-search', 'waybill', keys('ctrl+f'), typed('status:p'), shows('list', 'Completions')),
    ('orders-selection', 'waybill', keys('Down', 'shift+Down', 'shift+Down')),
    ('quick-look', 'waybill', keys('Down', 'space')),
    ('order', 'waybill', open_row('Orders')),
    ('customer', 'waybill', page('Customers'), open_row('Customers')),
    ('product', 'waybill', page('Products'), open_row('Products')),
    ('search', 'waybill', in_search('status:processing total:>100')),
    ('search-error', 'waybill', in_search('total:>'), keys('Return')),
    ('nothing-found', 'waybill', in_search('no such order'), keys('Return')),
    ('filter-menu', 'waybill', click('push button', 'Add a filter')),
    ('columns', 'waybill', click('push button', 'Columns')),
    ('about', 'waybill', click('push button', 'Main menu'), act('menu item', 'About Waybill')),
    ('menu', 'waybill', click('push button', 'Main menu')),
    ('preferences', 'waybill', keys('ctrl+comma')),
    ('shortcuts', 'waybill', keys('ctrl+question')),
    ('bench-idle', 'waybill-station --windowed', bench('idle')),
    ('bench-review', 'waybill-station --windowed', bench('review')),
    ('bench-pick', 'waybill-station --windowed', bench('pick')),
    ('bench-verify', 'waybill-station --windowed', bench('verify')),
    ('bench-box', 'waybill-station --windowed', bench('box')),
    ('bench-weigh', 'waybill-station --windowed', bench('weigh')),
    ('bench-label', 'waybill-station --windowed', bench('label')),
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
        now = capture(list(windows(program).values()))
        if now == before or time.monotonic() > deadline:
            break
        before = now
        turn(0.15)
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


def take_all_sizes(shop, directory, name, program_name, steps, dark):
    environment = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark' if dark else 'prefer-light'}
    program = shop.start(*program_name.split(), environment=environment)
    program.find('frame')
    place(program, WIDE)
    program.activate()
    for step in steps:
        step(program)
        turn(0.1)
    ending = '-dark' if dark else ''
    take(program, os.path.join(directory, f'{name}-wide{ending}.png'))
    try:
        place(program, NARROW)
        take(program, os.path.join(directory, f'{name}-narrow{ending}.png'))
    except Failed as error:
        print(f'{name}: {error}: no narrow picture', file=sys.stderr)
    return program


def main():
    if '--list' in sys.argv:
        print('\n'.join(entry[0] for entry in ALBUM))
        return 0
    directory, wanted = sys.argv[1], sys.argv[2:]
    chosen = [e for e in ALBUM if not wanted or any(fnmatch.fnmatch(e[0], w) for w in wanted)]
    unknown = [w for w in wanted if not any(fnmatch.fnmatch(e[0], w) for e in ALBUM)]
    if unknown:
        print(f'pictures: no picture is called {" or ".join(unknown)}; pictures --list', file=sys.stderr)
        return 2
    listen()
    bad = 0
    for name, program, *steps in chosen:
        for dark in (False, True):
            shop = None
            try:
                shop = Shop(f'album_{name}_{dark}', orders=ORDERS)
                take_all_sizes(shop, directory, name, program, steps, dark)
                errors = shop.finish()
            except (Failed, GLib.Error, subprocess.CalledProcessError) as error:
                errors = [str(error)]
            for error in errors:
                print(f'{name}: {error}', file=sys.stderr)
            bad += bool(errors)
            if shop:
                shop.clean()
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
