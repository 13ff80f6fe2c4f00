#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels of products, shelves, totes, people and returns, printed from the office: what is chosen comes out, can be read, and is noted."""

import json
import os
import re
import shutil
import subprocess

from bench import LabelPrinter
from harness import BUILD, SOURCE, main, scenario, wait_for

ORDERS = 60


def give_printer(shop):
    """A printer for labels of all kinds at a station, and what it is called in the office."""
    code, name = shop.sql("select code || ' ' || name from wb.station where kind = 'packing' order by name limit 1").split(' ', 1)
    twin = LabelPrinter()
    twin.paper.set()
    profile = json.dumps({'documents': {'sticker': {'printer': f'socket:{twin.address}', 'language': 'zpl', 'dpi': 203}}})
    shop.sql(f"update wb.station set profile = '{profile}' where code = '{code}'")
    return twin, f'{name}: {twin.address}'


def open_office(shop):
    office = shop.start('waybill', environment={'XDG_STATE_HOME': shop.folder})
    office.find('table row')
    office.activate()
    return office


def came_out(twin, n):
    """The labels that the printer has, once there are so many, one after the other."""
    wait_for(lambda: twin.labels.count(b'^XZ') >= n, f'{n} labels')
    labels = [label + '^XZ' for label in twin.labels.decode().split('^XZ') if '^XA' in label]
    assert len(labels) == n, labels
    return labels


def read_codes(shop, labels):
    """The barcodes on labels, read by other people's programs where those are there, else as they were told to the printer."""
    folder = f'{shop.folder}/labels'
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for i, label in enumerate(labels):
        with open(f'{folder}/label{i:03}-203.zpl', 'w', encoding='utf-8') as file:
            file.write(label[label.index('^XA'):])
    result = subprocess.run([f'{SOURCE}/tests/devices/zpl/read', folder], env={**os.environ, 'WAYBILL_TEST_BUILD': str(BUILD)},
                            capture_output=True, text=True, check=False)
    if result.returncode == 77:
        return [re.search(r'\^B[CEXQ8U][^^]*\^FH_\^FD(?:>[:;])?(?:MA,)?([^^]*)\^FS', label).group(1) for label in labels]
    assert result.returncode == 0, result.stderr
    return [re.search(r'"(.*)"', line).group(1) for line in sorted(result.stdout.splitlines())]


def same(read, wanted):
    """A printer adds the check digit of an EAN itself, so what it is told lacks it."""
    return all(code in (want, want[:-1]) for code, want in zip(read, wanted, strict=True))


def ledger(shop):
    return shop.sql("select string_agg(concat_ws('/', document, printer, copy, title), ' | ' order by id) from wb.print where document = 'sticker'")


@scenario(orders=ORDERS)
def labels_of_selected_products_come_out_and_can_be_read(shop):
    twin, where = give_printer(shop)
    office = open_office(shop)
    office.find('list', 'Pages').find('list item', 'Products').click()
    office.find('tree table', 'Products').find('table cell').click()
    office.key('Home', 'shift+Down', 'shift+Down')
    office.find('push button', 'Print labels…').click()
    office.find('push button', 'Print 3 labels')
    office.find('label', where)
    assert office.find('label', re.compile('^1 of 3: '))
    office.find('spin button', 'Labels of each').click()
    office.key('ctrl+a')
    office.type('2')
    office.key('Tab')
    skus = []
    for n in ('1', '2', '3'):
        skus.append(office.find('label', re.compile(f'^{n} of 3: ')).name.split(': ')[1])
        if n != '3':
            office.find('push button', 'Label after').click()
    office.find('push button', 'Print 6 labels').click()
    labels = came_out(twin, 6)
    wanted = [shop.sql(f"select coalesce((select b.code from wb.barcode b where b.sku_id = s.id and b.quantity = 1 "
                       f"order by b.code !~ '^[0-9]+$', b.code limit 1), s.code) from wb.sku s where s.code = '{sku}'") for sku in skus]
    read = read_codes(shop, labels)
    assert same(read, [code for code in wanted for _ in range(2)]), (read, wanted)
    assert all(sku in label for sku, label in zip([sku for sku in skus for _ in range(2)], labels))
    wait_for(lambda: ledger(shop), 'the ledger')
    assert ledger(shop).startswith(f'sticker/{twin.address}/1/'), ledger(shop)
    # and once more, since nobody has to say why
    office.key('ctrl+p')
    office.find('push button', 'Print 3 labels').click()
    came_out(twin, 9)
    wait_for(lambda: ledger(shop).count('sticker/') == 2, 'the second print')


@scenario(orders=ORDERS)
def shelves_from_one_to_another_and_totes_by_keyboard_alone(shop):
    twin, where = give_printer(shop)
    office = open_office(shop)
    office.key('ctrl+shift+l')
    office.find('push button', re.compile('^Print [0-9]+ labels$'))
    office.find('label', where)
    office.find('text', 'From place').click()
    office.type('A-01-31')
    office.find('text', 'To place, with all in it').click()
    office.type('A-02-12')
    office.find('push button', 'Print 6 labels')
    office.key('ctrl+Return')
    office.find('label', f'6 labels go to {where}')
    wanted = shop.sql("select string_agg('WB:BIN:' || b.code, ' ' order by b.code) from wb.bin b join wb.warehouse w on w.id = b.warehouse_id "
                      "where w.code = 'LON' and b.code between 'A-01-31' and 'A-02-12'").split()
    assert read_codes(shop, came_out(twin, 6)) == wanted
    # nothing is called so: said, and nothing to press
    office.key('ctrl+shift+l')
    office.find('push button', re.compile('^Print [0-9]+ labels$'))
    office.find('text', 'From place').click()
    office.type('nowhere')
    office.find('label', 'No places')
    assert not office.find('push button', 'Print').has('sensitive'), 'nothing would be printed'
    office.find('label', 'Labels for').click()
    office.key('Down', 'Return')
    office.find('push button', 'Print 10 labels')
    office.key('ctrl+Return')
    office.find('label', f'10 labels go to {where}')
    assert [re.search('WB:TOTE:(T-[0-9]+)', label).group(1) for label in came_out(twin, 16)[6:]] == [f'T-{n:03}' for n in range(1, 11)]


@scenario(orders=ORDERS)
def badges_of_everybody_and_of_one_can_be_read(shop):
    twin, where = give_printer(shop)
    people = [line.split('|') for line in shop.sql("select string_agg(display_name || '|' || badge_code, E'\\n' order by display_name, login) "
                                                   "from wb.staff where active and btrim(badge_code) <> ''").splitlines()]
    assert len(people) > 2, people
    office = open_office(shop)
    office.key('ctrl+shift+l')
    office.find('push button', re.compile('^Print [0-9]+ labels$'))
    office.find('label', where)
    office.find('label', 'Labels for').click()
    office.key('Down', 'Down', 'Return')
    office.find('push button', f'Print {len(people)} labels')
    office.key('ctrl+Return')
    labels = came_out(twin, len(people))
    assert read_codes(shop, labels) == [code for _, code in people], people
    # one of them, who has lost it
    code = people[1][1]
    office.key('ctrl+shift+l')
    office.find('push button', re.compile('^Print [0-9]+ labels$'))
    office.find('label', 'Labels for').click()
    office.key('Down', 'Down', 'Return')
    office.find('push button', f'Print {len(people)} labels')
    office.find('label', 'Whose').click()
    office.key('Down', 'Down', 'Return')
    office.find('push button', 'Print 1 label')
    office.key('ctrl+Return')
    assert read_codes(shop, came_out(twin, len(people) + 1)[-1:]) == [code]


@scenario(orders=ORDERS)
def what_comes_back_of_an_order_is_on_its_label(shop):
    twin, where = give_printer(shop)
    number = shop.sql("select o.number from wb.sales_order o join wb.order_line l on l.order_id = o.id where not exists (select from wb.rma r "
                      "where r.order_id = o.id) group by o.id having count(*) > 2 and min(l.shipped_qty) > 0 and max(l.returned_qty) = 0 "
                      "order by o.id desc limit 1")
    assert number
    lines = shop.sql(f"select string_agg(trim_scale(shipped_qty) || ' ' || sku_code, ',' order by position) from wb.order_line l "
                     f"join wb.sales_order o on o.id = l.order_id where o.number = '{number}' and shipped_qty > 0").split(',')
    office = open_office(shop)
    office.key('ctrl+f')
    office.type(number)
    office.key('Return')
    wait_for(lambda: office.find('tree table', 'Orders').find('label', number), number)
    office.find('tree table', 'Orders').find('label', number).click(times=2)
    office.find('push button', 'Back')
    office.key('ctrl+shift+r')
    office.find('label', where)
    office.find('push button', 'Print 1 label').click()
    label = came_out(twin, 1)[0]
    assert read_codes(shop, [label]) == [number], number
    for line in lines[:5]:
        quantity, sku = line.split(' ')
        assert f'{quantity} ×' in label and f' {sku}' in label, (line, label)
    wait_for(lambda: ledger(shop), 'the ledger')
    assert ledger(shop).startswith(f'sticker/{twin.address}/1/'), ledger(shop)
    assert shop.sql("select o.number from wb.print p join wb.sales_order o on o.id = p.order_id where document = 'sticker'") == number


if __name__ == '__main__':
    main()
