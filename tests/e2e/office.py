#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The office window: lists, search, pages, news, and what happens when the server does not answer."""

import re

from harness import main, scenario, wait_for

ORDERS = 300


def open_office(shop):
    """The window with orders in it; the newest order's number."""
    office = shop.start('waybill')
    office.find('table row')
    office.activate()
    return office


def numbers(office):
    """The order numbers that can be read in the table, from the top."""
    table = office.find('tree table', 'Orders')
    return [node.name for node in table.find_all('label', re.compile(r'^[A-Z]*\d{4,}$'))]


def search(office, text):
    """Puts a text in the search box in the place of what is there, and waits until the list has answered."""
    for chip in office.find_all('push button', re.compile('^Remove filter: ')):
        name = chip.name
        chip.click()
        office.wait_gone('push button', name)
    entry = office.find(re.compile('^(entry|text)$'), re.compile('^Search'))
    entry.click()
    office.key('ctrl+a').type(text)
    office.wait_for(lambda: entry.text == text, f'"{text}" in the search box')
    office.key('Return')


@scenario(orders=ORDERS)
def opens_with_the_newest_orders(shop):
    office = open_office(shop)
    newest = shop.sql('select number from wb.sales_order order by placed_at desc, id desc limit 1')
    office.wait_for(lambda: numbers(office)[:1] == [newest], f'{newest} on top')
    office.find('label', f'{ORDERS} orders')


@scenario(orders=ORDERS)
def every_page_opens_from_the_sidebar(shop):
    office = open_office(shop)
    for name in ('Customers', 'Products', 'Orders'):
        row = office.find('list', 'Pages').find('list item', name)
        row.click()
        office.wait_for(lambda row=row: row.has('selected'), f'{name} to be selected')
        office.find('tree table', name).find('table cell')


@scenario(orders=ORDERS)
def search_finds_an_order(shop):
    office = open_office(shop)
    number = shop.sql('select number from wb.sales_order order by id limit 1 offset 17')
    search(office, number)
    office.wait_for(lambda: numbers(office) == [number], f'{number} alone')
    search(office, 'status:delivered')
    delivered = shop.sql("select count(*) from wb.sales_order where status = 'delivered'")
    office.find('label', re.compile(f'^{delivered} '))


@scenario(orders=ORDERS)
def an_order_opens_and_closes(shop):
    office = open_office(shop)
    number = numbers(office)[2]
    office.find('tree table', 'Orders').find('label', number).click(times=2)
    office.find('label', f'#{number}')
    name, pieces = shop.sql(f"select customer_name, piece_count from wb.sales_order where number = '{number}'").split('|')
    office.wait_text(name)
    office.wait_text(re.compile(f'^{pieces} piece'))
    office.find('push button', 'Back').click()
    office.wait_for(lambda: number in numbers(office), 'the list again')


@scenario(orders=ORDERS)
def sql_in_the_search_box_is_text(shop):
    office = open_office(shop)
    for text in ("'; drop table wb.sales_order; --", '"); select pg_sleep(10); --', 'number:\'', '((((', '\\', '%', 'total:>'):
        search(office, text)
    number = shop.sql('select number from wb.sales_order order by id limit 1 offset 17')
    search(office, number)
    office.wait_for(lambda: numbers(office) == [number], f'{number} alone')
    assert int(shop.sql('select count(*) from wb.sales_order')) == ORDERS


@scenario(orders=ORDERS)
def a_change_elsewhere_shows_by_itself(shop):
    office = open_office(shop)
    shop.sql('''select api.order_create(gen_random_uuid(), jsonb_build_object('channel', (select code from wb.sales_channel
      order by id limit 1), 'number', 'NEW4711', 'customer', '{"name": "Grace Hopper"}'::jsonb, 'lines', jsonb_build_array(
      jsonb_build_object('sku', (select code from wb.sku order by id limit 1), 'quantity', 1))))''')
    office.wait_for(lambda: numbers(office)[:1] == ['NEW4711'], 'the new order on top', 10)
    office.find('label', f'{ORDERS + 1} orders')
    shop.sql("select api.order_cancel(gen_random_uuid(), array[(select id from wb.sales_order where number = 'NEW4711')], 'x')")
    office.find('tree table', 'Orders').find('label', 'Cancelled')


@scenario(orders=ORDERS)
def a_lost_connection_heals_by_itself(shop):
    office = open_office(shop)
    shop.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = "
             'current_database()')
    shop.sql("update wb.sales_order set customer_name = 'Returned Home' where id = (select id from wb.sales_order "
             'order by placed_at desc, id desc limit 1)')
    office.find('tree table', 'Orders').find('label', 'Returned Home')


@scenario
def no_server_is_said_plainly(shop):
    office = shop.start('waybill', database=f'host={shop.folder} dbname=none user=nobody')
    office.find('frame')
    wait_for(lambda: any(word in ' '.join(office.texts()).lower() for word in ('no server', 'not running', 'cannot', 'could not',
                                                                              'offline', 'no such file', 'not reach')),
             'the window to say what is wrong')


main()
