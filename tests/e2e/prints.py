#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing from the office: again with a reason, once, marked, noted; and what waits to be printed."""

import json
import re

from bench import LabelPrinter
from harness import main, scenario, wait_for

ORDERS = 60


def open_office(shop, **environment):
    office = shop.start('waybill', environment={'XDG_STATE_HOME': shop.folder, **environment})
    office.find('table row')
    office.activate()
    return office


def open_prints(office):
    office.find('list', 'Pages').find('list item', 'Prints').click()
    office.find('tree table', 'Prints').find('table cell')


def a_label(shop):
    """A label that was printed once: id, number of its order, tracking."""
    return shop.sql("select p.label_id || ' ' || o.number || ' ' || q.tracking from wb.print p join wb.sales_order o on o.id = p.order_id "
                    "join wb.label l on l.id = p.label_id and l.voided_at is null join wb.parcel q on q.id = l.parcel_id "
                    "where p.copy = 1 order by p.at desc, p.id desc limit 1").split()


REASONS = ['Please choose', 'It is torn or smudged', 'It came out badly', 'It is lost', 'It is on the wrong box', 'Another reason']


def say_why(office, reason):
    office.find('label', 'Why again?').click()
    office.key(*['Down'] * REASONS.index(reason), 'Return')
    office.find('label', reason)


def ledger(shop, where):
    return shop.sql("select string_agg(concat_ws('/', document, printer, copy, nullif(reason, ''), actor), ' ' order by id) from wb.print where " + where)


@scenario(orders=ORDERS)
def a_reprint_comes_out_once_marked_and_in_the_ledger(shop):
    label_id, number, tracking = a_label(shop)
    station, name = shop.sql("select code || ' ' || name from wb.station where kind = 'packing' order by name limit 1").split(' ', 1)
    twin = LabelPrinter()
    twin.paper.set()
    profile = json.dumps({'documents': {'label': {'printer': f'socket:{twin.address}', 'language': 'zpl', 'dpi': 203}}})
    shop.sql(f"update wb.station set profile = '{profile}' where code = '{station}'")
    office = open_office(shop)
    open_prints(office)
    office.find('tree table', 'Prints').find('label', number).click(button=3)
    office.find('menu item', 'Print again…').act()
    office.find('label', f'{name}: {twin.address}')
    office.find('label', re.compile(fr'^Label\s.*{tracking}$'))
    button = office.find('push button', 'Print again')
    assert not button.has('sensitive'), 'printed again without a reason'
    say_why(office, 'It is lost')
    office.wait_for(lambda: button.has('sensitive'), 'a reason to be enough')
    button.click()
    wait_for(lambda: twin.labels.count(b'^XZ') == 1, 'the label')
    assert b'REPRINT 2' in twin.labels and tracking.encode() in twin.labels, twin.labels
    wait_for(lambda: ledger(shop, f"label_id = {label_id} and copy > 1") == f'label/{twin.address}/2/It is lost/postgres', 'the ledger')
    office.find('tree table', 'Prints').find('label', 'It is lost')
    assert twin.labels.count(b'^XZ') == 1
    # the order's history says so too, and a row leads to its order
    office.find('tree table', 'Prints').find('label', number).click(times=2)
    # its keys count from the first moment, whether it has been read or not
    office.find('push button', 'Back')
    office.key('ctrl+p')
    office.find('label', 'Why again?')
    office.key('Escape')
    office.wait_gone('label', 'Why again?')
    office.find('label', re.compile(f'^#{number}'))
    office.wait_text(re.compile('It is lost'))


def give_label_printer(shop):
    """A label printer without paper at a station, and what it is called in the office."""
    station, name = shop.sql("select code || ' ' || name from wb.station where kind = 'packing' order by name limit 1").split(' ', 1)
    twin = LabelPrinter()
    profile = json.dumps({'documents': {'label': {'printer': f'socket:{twin.address}', 'language': 'zpl', 'dpi': 203}}})
    shop.sql(f"update wb.station set profile = '{profile}' where code = '{station}'")
    return twin, f'{name}: {twin.address}'


@scenario(orders=ORDERS)
def out_of_paper_is_said_before_and_after(shop):
    """The dialog says it, the toast says it, nothing is sent; with paper it comes out by itself, once, and that is said too."""
    _, number, _ = a_label(shop)
    twin, where = give_label_printer(shop)
    office = open_office(shop)
    open_prints(office)
    office.find('tree table', 'Prints').find('label', number).click(button=3)
    office.find('menu item', 'Print again…').act()
    office.find('label', where)
    office.wait_text(f'{twin.address} is out of paper.')
    twin.paper.set()
    office.wait_for(lambda: f'{twin.address} is out of paper.' not in office.texts(), 'the dialog to hear of the paper')
    twin.paper.clear()
    office.wait_text(f'{twin.address} is out of paper.')
    say_why(office, 'It is lost')
    office.find('push button', 'Print again').click()
    office.wait_text(f'{twin.address} is out of paper. It comes out when that is mended.')
    assert twin.labels == b'', twin.labels
    office.find('push button', 'Print queue')
    twin.paper.set()
    office.wait_text(f'Label: came out of {where}')
    assert twin.labels.count(b'^XZ') == 1, twin.labels


if __name__ == '__main__':
    main()
