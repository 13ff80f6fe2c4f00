#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing from the office: again with a reason, once, marked, noted; and what waits to be printed."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess

from bench import LabelPrinter, printed, printer
from harness import BUILD, main, scenario, wait_for

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


def shown(office, text):
    """What a row of a dialog has chosen is its last label."""
    return [node for node in office.find_all('label', text) if node.on_screen]


def choose(office, row, choice):
    """Another choice in a row of a dialog: a click opens it, and the arrow keys walk through it."""
    for _ in range(10):
        if shown(office, choice):
            return
        office.find('label', row).click()
        office.key('Down', 'Return')
    office.find('label', choice)


def say_why(office, reason):
    office.find('label', 'Why again?').click()
    office.key(*['Down'] * REASONS.index(reason), 'Return')
    office.find('label', reason)


def ledger(shop, where):
    return shop.sql("select string_agg(concat_ws('/', document, printer, copy, reason, actor), ' ' order by id) from wb.print where " + where)


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
    office.find('label', re.compile(f'^Label .*{tracking}$'))
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
    office.find('label', re.compile(f'^#{number}'))
    office.wait_text(re.compile('It is lost'))


@contextlib.contextmanager
def laser(shop, cups):
    """An office printer that speaks IPP Everywhere, as the queue "Laser": the folder in which each of its papers is a PDF."""
    folder = f'{shop.folder}/laser'
    os.makedirs(folder)
    with open(f'{folder}/command', 'w', encoding='ascii') as command:
        command.write(f'#!/bin/sh\ncp "$1" "{folder}/$(date +%s%N).part" && mv {folder}/*.part "{folder}/$(date +%s%N).pdf"\n')
    os.chmod(f'{folder}/command', 0o755)
    with socket.create_server(('127.0.0.1', 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(['ippeveprinter', '-p', str(port), '-n', 'localhost', '-f', 'application/pdf', '-d', folder, '-c',
                                f'{folder}/command', 'Laser'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, 'LD_PRELOAD': f'{BUILD}/tests/devices/libwb-test-avahi.so'})

    def listens():
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        return False
    try:
        wait_for(listens, 'the office printer')
        subprocess.run(['lpadmin', '-p', 'Laser', '-E', '-v', f'ipp://localhost:{port}/ipp/print', '-m', 'everywhere'], check=True,
                       env={**os.environ, 'CUPS_SERVER': cups}, stderr=subprocess.DEVNULL)
        yield folder
    finally:
        process.kill()
        process.wait(20)


def papers(folder):
    """What came out of the office printer, in words."""
    return [subprocess.run(['pdftotext', '-layout', f'{folder}/{name}', '-'], capture_output=True, text=True, check=True).stdout
            for name in sorted(os.listdir(folder)) if name.endswith('.pdf')]


def print_paper(office, document, where):
    office.key('ctrl+p')
    office.find('label', 'Document')
    choose(office, 'Document', document)
    choose(office, 'Printer', where)


@scenario(orders=ORDERS)
def papers_come_out_and_a_label_is_moved_to_another_printer(shop):
    if not os.path.exists('/usr/sbin/cupsd') or not shutil.which('ippeveprinter'):
        return
    label_id, number, tracking = a_label(shop)
    with printer() as (folder, cups, _), laser(shop, cups) as out:
        office = open_office(shop, CUPS_SERVER=cups)
        open_prints(office)
        office.find('tree table', 'Prints').find('label', number).click(times=2)
        office.find('label', re.compile(f'^#{number}'))
        print_paper(office, 'Packing slip', 'Laser')
        office.find('label', 'Not printed yet')
        office.find('push button', 'Print').click()
        wait_for(lambda: len(papers(out)) == 1, 'the packing slip')
        slip = papers(out)[0]
        assert f'Packing slip #{number}' in slip and 'REPRINT' not in slip, slip
        wait_for(lambda: ledger(shop, "document = 'packing-slip'") == 'packing-slip/Laser/1/postgres', 'the ledger')
        print_paper(office, 'Packing slip', 'Laser')
        say_why(office, 'Another reason')
        office.find('text', 'In your words').click()
        office.type('eaten by the dog')
        office.find('push button', 'Print again').click()
        wait_for(lambda: len(papers(out)) == 2, 'the packing slip once more')
        assert 'REPRINT 2' in papers(out)[1]
        wait_for(lambda: ledger(shop, "document = 'packing-slip' and copy = 2") == 'packing-slip/Laser/2/eaten by the dog/postgres', 'why')

        # The label printer is out of paper: what waits is seen, and comes out at the other printer, once.
        os.unlink(f'{folder}/paper')
        print_paper(office, re.compile('^Label .*' + tracking), 'Zebra')
        say_why(office, 'It came out badly')
        office.find('push button', 'Print again').click()
        office.wait_gone('label', 'Document')
        office.key('ctrl+shift+p')
        office.find('list', 'Print jobs').find('label', re.compile('^Zebra is out of paper'))
        office.find('push button', 'Move').click()
        office.find('menu item', 'Laser').act()
        wait_for(lambda: len(papers(out)) == 3, 'the label at the other printer')
        assert 'REPRINT 2' in papers(out)[2] and tracking in papers(out)[2].replace(' ', ''), papers(out)[2]
        office.find('list', 'Print jobs').find('label', re.compile('· Laser ·'))
        open(f'{folder}/paper', 'w', encoding='ascii').close()
        subprocess.run(['lp', '-s', '-d', 'Zebra', '-o', 'raw', '-'], input=b'after', env={**os.environ, 'CUPS_SERVER': cups}, check=True)
        wait_for(lambda: os.path.exists(f'{folder}/printed') and 'after' in printed(folder), 'the next job there')
        assert '^XA' not in printed(folder), 'it came out twice'
        wait_for(lambda: ledger(shop, f'label_id = {label_id} and copy > 1').startswith('label/Zebra/2/It came out badly'), 'the ledger')
        office.key('Escape')


if __name__ == '__main__':
    main()
