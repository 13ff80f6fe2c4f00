#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be clicked stays where it is while the rest still comes: answers of the server wait until everything was looked at."""

import contextlib
import re

from a11y import EXTENTS, STATE, is_told, ask_each, states, told, on_screen
from harness import main, scenario
from station import FETCHED, VERIFIED, bench, scan, stock, take_next

ORDERS = 120
CLICKED = re.compile('^(button|check box|combo box|entry|list item|page tab|push button|spin button|table cell|text|toggle button)$')


def places(program):
    """Where everything is that can be clicked: {widget: (x, y, width, height)}."""
    seen = [node for window in program.windows() for node, _ in window.walk(CLICKED) if CLICKED.match(node.role)]
    seen = [node for node, words in told(seen, STATE) if 'sensitive' in states(words)]
    return {node: extents for node, extents in told(seen, EXTENTS) if on_screen(extents)}


def at_rest(program):
    """The same, once it is the same twice."""
    last = {}

    def settled():
        nonlocal last
        before, last = last, places(program)
        return last and last == before
    program.wait_for(settled, 'nothing to move')
    return last


def holds(outer, inner):
    """Whether who pointed at a place points there still: what says more may become wider."""
    return (outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[0] + outer[2] >= inner[0] + inner[2] - 1 and
            outer[1] + outer[3] >= inner[1] + inner[3] - 1)


def is_outside(node, extents):
    """Where a revealer keeps what it hides."""
    _, _, width, height = node.frame().extents
    return extents[0] >= width or extents[1] >= height or extents[0] + extents[2] <= 0 or extents[1] + extents[3] <= 0


def moved(before):
    """What went from under the pointer, in words; what is not there any more did not."""
    nodes = list(before)
    now = {node: extents for node, extents in zip(nodes, ask_each(nodes, EXTENTS)) if is_told(extents) and on_screen(extents)}
    return [f'{node.role} "{node.name}" {before[node]} -> {extents}' for node, extents in now.items()
            if not holds(extents, before[node]) and not is_outside(node, extents)]


@contextlib.contextmanager
def slow(program, wire):
    """What is done inside is not answered before its end: with slow(…) as late: …; late(condition) then waits, and nothing may have moved."""
    before = {}

    def late(condition, what):
        before.update(at_rest(program))
        wire.flow()
        program.wait_for(condition, what)
        after = at_rest(program)
        assert len(before) > 3 and after, 'nothing to point at'
        gone = moved(before)
        assert not gone, f'{what}:\n' + '\n'.join(gone)
    wire.stall()
    try:
        yield late
    finally:
        wire.flow()


def open_office(shop, size):
    wire = shop.wire()
    office = shop.start('waybill', database=wire.database)
    office.find('table row')
    office.activate()
    if size:
        office.resize(*size)
    return office, wire


def look_closer(office, wire, table):
    """At the first row, and then at those below."""
    office.key('space')
    office.find('push button', 'Close quick look')
    for _ in range(2):
        with slow(office, wire) as late:
            text = office.texts()
            office.key('Down')
            late(lambda text=text: office.texts() != text, f'a closer look at another of {table}')
    office.key('Escape')
    office.wait_gone('push button', 'Close quick look')


def look_around(shop, size=None):
    """The office's lists and pages, each while it is filled."""
    office, wire = open_office(shop, size)
    for number, table in enumerate(('Orders', 'Customers', 'Products', 'Prints'), 1):
        office.key('alt+1' if number > 1 else 'alt+2')
        office.find('tree table', 'Orders' if number > 1 else 'Customers').find('table cell')
        with slow(office, wire) as late:
            office.key(f'alt+{number}')
            office.find('tree table', table)
            late(lambda: office.find_all('label', re.compile(r'^[\d,]+ ' + table.lower())), f'{table} to be counted')
        if table == 'Prints':
            break
        office.key('Home')
        if not size:
            look_closer(office, wire, table)
        with slow(office, wire) as late:
            office.key('Return')
            office.find('push button', 'Back')
            late(lambda: len(office.texts()) > 20, f'a page of {table}')
        office.key('alt+Left')
        office.wait_gone('push button', 'Back')


@scenario(orders=ORDERS)
def nothing_moves_while_pages_are_filled(shop):
    look_around(shop)


@scenario(orders=ORDERS)
def nor_in_a_narrow_window(shop):
    look_around(shop, (360, 720))


@scenario(orders=ORDERS)
def nor_in_dialogs(shop):
    office, wire = open_office(shop, None)
    office.key('Home', 'Return')
    office.find('push button', 'Back')
    office.wait_for(lambda: len(office.texts()) > 20, 'the page')
    with slow(office, wire) as late:
        office.key('ctrl+p')
        office.find('push button', 'Cancel')
        late(lambda: office.find_all('list item', 'Printer') or office.find_all('combo box', 'Printer'), 'what to print')
    office.key('Escape')
    office.wait_for(lambda: len(office.windows()) == 1, 'the dialog to close')
    with slow(office, wire) as late:
        office.key('ctrl+shift+l')
        office.find('label', 'Labels for')
        late(lambda: office.find_all('push button', re.compile('^Print [0-9]+ labels')), 'labels of places')
    office.key('Escape')
    office.wait_for(lambda: len(office.windows()) == 1, 'the dialog to close')
    office.key('alt+3')
    office.find('tree table', 'Products').find('table cell')
    office.key('Home')
    with slow(office, wire) as late:
        office.key('ctrl+p')
        office.find('label', 'Labels of each')
        late(lambda: office.find_all('push button', 'Print 1 label'), 'labels of a product')
    office.key('Escape')


@scenario(orders=ORDERS)
def nor_in_the_settings_when_the_stations_devices_are_read(shop):
    shop.sql("""update wb.station set profile = '{"devices": [{"id": "serial:/dev/ttyGone", "kind": "scale", "driver": "serial-sics"}]}'""")
    office, wire = open_office(shop, None)
    office.key('ctrl+comma')
    office.find('page tab', 'Devices').click()
    office.wait_for(lambda: office.find_all('label', 'Scale at ttyGone'), 'the device')
    office.key('Escape')
    office.wait_for(lambda: len(office.windows()) == 1, 'the settings to close')
    with slow(office, wire) as late:
        office.key('ctrl+comma')
        office.find('page tab', 'Devices').click()
        office.find('label', 'Nothing was found')
        late(lambda: office.find_all('label', 'Scale at ttyGone'), 'a device that is not plugged in')
    office.key('Escape')


@scenario(orders=ORDERS)
def nor_when_the_connection_is_lost(shop):
    office, wire = open_office(shop, None)
    office.key('Home')
    before = at_rest(office)
    wire.cut()
    office.wait_text(re.compile('no connection'))
    assert at_rest(office) and not moved(before), moved(before)
    wire.mend()
    office.wait_gone('push button', 'Try now')
    assert at_rest(office) and not moved(before), moved(before)


@scenario(orders=0)
def nor_at_a_bench(shop):
    sql = stock(shop)
    wire = shop.wire()
    shop.database = wire.database
    program = bench(shop, 'ST1')
    take_next(program, 10482)
    scan(program, *FETCHED)
    # what a wrong thing is comes later than that it is wrong
    for code, words in (('4712345678904', '^Nobody here knows this code'), ('5012345678900', r'^It is White cup \(CUP-W\) and belongs in C-01-3')):
        with slow(program, wire) as late:
            program.scan(code)
            program.find('push button', 'Understood')
            late(lambda words=words: any(re.search(words, text) for text in program.texts()), 'what it is')
        program.find('push button', 'Understood').click()
        program.wait_gone('push button', 'Understood')
    with slow(program, wire) as late:
        scan(program, *VERIFIED)
        program.find('push button', 'Take “Medium”')
        late(lambda: int(sql("select count(*) from wb.work_event where kind = 'verify'")) == 3, 'the scans to be stored')
    with slow(program, wire) as late:
        scan(program, 'WB-BOX-M')
        program.find('push button', '7')
        late(lambda: program.find_all('push button', 'Another service'), 'the service')
    scan(program, '1.60')
    program.find('label', text='Stick it on and scan it')


if __name__ == '__main__':
    main()
