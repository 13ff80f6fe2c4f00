#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way: an order comes in, the bench packs it, and the office window shows each step as it happens."""

import re
import subprocess

from harness import main, program_file, scenario, wait_for
from station import FETCHED, VERIFIED, bench, printed_label, scan, stock, take_next


@scenario(orders=0)
def from_a_new_order_to_a_shipped_one(shop):
    sql = stock(shop)
    office = shop.start('waybill')
    office.find('tree table', 'Orders').find('label', '10482')
    office.find('tree table', 'Orders').find('label', '10482').click(times=2)
    office.find('label', '#10482')

    packer = bench(shop, 'ST1')
    take_next(packer, 10482)
    office.wait_text(re.compile('^Packing'))
    scan(packer, *FETCHED, *VERIFIED)
    packer.find('push button', re.compile('^Take .*Medium'))
    scan(packer, 'WB-BOX-M', '1.60')
    packer.find('label', text='Stick it on and scan it')
    office.wait_text(re.compile('^Ready to ship'))
    packer.scan(printed_label(sql))
    packer.find('label', text='#10483')
    office.wait_text('Shipped')

    office.activate()
    office.find('push button', 'Back').click()
    row = wait_for(lambda: next((r for r in office.find('tree table', 'Orders').find_all('table row')
                                 if r.find_all('label', '10482')), None), 'the row of 10482')
    wait_for(lambda: row.find_all('label', 'Shipped'), 'its row to say Shipped')


SHOPIFY = """Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Name,Shipping Street,Shipping City,\
Shipping Zip,Shipping Country,Id
#7001,grace@example.org,paid,2026-10-07 09:50:26 +0200,unfulfilled,GBP,140.00,5.00,0.00,145.00,2026-10-07 09:50:26 +0200,\
1,Blue teapot,62.00,TEA-B,Grace Hopper,Grace Hopper,1 Navy Yard,London,'SW1Y 4JH,GB,900001
#7001,,,,,,,,,,2026-10-07 09:50:26 +0200,2,Oak tray,39.00,TRY-O,,,,,,,
#7002,x@example.org,paid,2026-10-07 10:50:26 +0200,unfulfilled,GBP,7.50,0.00,0.00,7.50,2026-10-07 10:50:26 +0200,\
1,"=HYPERLINK(""x"")",7.50,CUP-W,Alan Turing,Alan Turing,2 Park,Bletchley,MK3 6EB,GB,900002
"""


@scenario(orders=0)
def an_import_appears_in_the_open_window(shop):
    stock(shop)
    office = shop.start('waybill')
    office.find('tree table', 'Orders').find('label', '10482')
    path = f'{shop.folder}/orders.csv'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(SHOPIFY)
    shop.run('waybillctl', 'import', 'shopify-csv', path, '--channel', 'web', '--dry-run')
    assert shop.sql("select count(*) from wb.sales_order where customer_name = 'Grace Hopper'") == '0'
    shop.run('waybillctl', 'import', 'shopify-csv', path, '--channel', 'web')
    office.find('tree table', 'Orders').find('label', 'Grace Hopper')
    assert shop.sql("select total_minor, piece_count from wb.sales_order where customer_name = 'Grace Hopper'") == '14500|3'
    before = shop.sql('select count(*), max(id) from wb.sales_order')
    shop.run('waybillctl', 'import', 'shopify-csv', path, '--channel', 'web')
    assert shop.sql('select count(*), max(id) from wb.sales_order') == before


@scenario(orders=0)
def no_log_tells_who_bought_what(shop):
    """Everything is logged, an import, a search and an order packed: no name, address, e-mail, note or password among it."""
    telling = {'WAYBILL_DEBUG': 'all,sql'}
    sql = stock(shop)
    path = f'{shop.folder}/orders.csv'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(SHOPIFY)
    done = subprocess.run([program_file('waybillctl'), 'import', 'shopify-csv', path, '--channel', 'web'],
                          env=shop.environment({**telling, 'WAYBILL_DATABASE': shop.database + ' password=s3cr3t-word'}),
                          capture_output=True, text=True, check=True)
    logs = [done.stderr]

    office = shop.start('waybill', database=shop.database + ' password=s3cr3t-word', environment=telling)
    office.find('tree table', 'Orders').find('label', 'Grace Hopper')
    office.activate()
    office.find(re.compile('^(entry|text)$'), re.compile('^Search')).click()
    office.type('Hopper').key('Return')
    number = sql("select number from wb.sales_order where customer_name = 'Grace Hopper'")
    office.wait_gone('label', '10482')
    office.find('tree table', 'Orders').find('label', number).click(times=2)
    office.wait_text(re.compile('Navy Yard'))

    packer = bench(shop, 'ST1', environment=telling)
    take_next(packer, 10482)
    scan(packer, *FETCHED, *VERIFIED, 'WB-BOX-M', '1.60')
    packer.find('label', text='Stick it on and scan it')
    packer.scan(printed_label(sql))
    wait_for(lambda: sql("select status from wb.sales_order where number = '10482'") == 'shipped', '10482 to be shipped')
    for program in (office, packer):
        program.close()
        logs.append(program.messages())

    words = sql("""select distinct word from (select name || ' ' || coalesce(email, '') from wb.customer
      union all select customer_name from wb.sales_order) t (text), regexp_split_to_table(text, '[ @]') word
      where length(word) > 3 and word not like '%example.org'""").split('\n')
    assert {'Grace', 'Hopper', 'Turing'} <= set(words), words
    words += ['example.org', 'Navy Yard', 'James', 'SW1Y', 'Happy birthday', 's3cr3t']
    for log in logs:
        assert ' wb-db: ' in log, 'nothing was logged'
        told = [line for line in log.split('\n') for word in words if word in line]
        assert not told, f'the log tells: {told[:5]}'


if __name__ == '__main__':
    main()
