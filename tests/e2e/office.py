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
def the_list_of_keys_comes_and_goes(shop):
    """And a screen reader that asks for a window that is gone gets an answer: windows made ahead of need would be asked for."""
    office = open_office(shop)
    for _ in range(2):
        assert len(office.windows()) == 1
        office.ask_past_the_last_window()
        office.key('ctrl+question')
        office.find('label', 'Undo what was done last')
        office.ask_past_the_last_window()
        office.key('Escape')
        office.wait_for(lambda: len(office.windows()) == 1, 'the list of keys to close')
        office.ask_past_the_last_window()
    office.find('table row')


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


# --- names and keys --------------------------------------------------------------------------------------------------

CONTROLS = {'push button', 'toggle button', 'check box', 'radio button', 'entry', 'password text', 'combo box', 'spin button',
            'switch', 'menu item', 'text'}


def unnamed(node):
    """What a screen reader would call "button": controls without a name, or with the name of a type or a mnemonic in it."""
    bad = []
    for control, _ in node.walk(role=re.compile('^(' + '|'.join(CONTROLS) + ')$')):
        if control.role in CONTROLS and control.on_screen and re.match('^(Gtk|Adw|Wb)|^$|_', control.name):
            bad.append(f'{control} at {control.extents}')
    return bad


@scenario(orders=ORDERS)
def every_control_has_a_name(shop):
    office = open_office(shop)
    for page in ('Customers', 'Products', 'Orders'):
        office.find('list', 'Pages').find('list item', page).click()
        office.find('tree table', page).find('table cell')
        assert not unnamed(office.root()), f'{page}: {unnamed(office.root())}'
        office.key('Down', 'space')
        office.find('push button', 'Close quick look')
        assert not unnamed(office.root()), f'quick look of {page}: {unnamed(office.root())}'
        office.key('Escape')
        office.wait_gone('push button', 'Close quick look')
        office.key('Return')
        office.find('push button', 'Back')
        office.wait_for(lambda: len(office.texts()) > 20, 'the page')
        assert not unnamed(office.root()), f'a page of {page}: {unnamed(office.root())}'
        office.key('alt+Left')
        office.wait_gone('push button', 'Back')
    office.key('Down', 'shift+Down')
    office.find('push button', 'Select nothing')
    assert not unnamed(office.root()), f'selection: {unnamed(office.root())}'
    office.key('ctrl+comma')
    office.find(None, 'Preferences')
    assert not unnamed(office.root()), f'preferences: {unnamed(office.root())}'


@scenario(orders=ORDERS)
def everything_works_without_a_mouse(shop):
    office = open_office(shop)
    # which orders are where depends on the hour
    shown = numbers(office)
    place = next(i for i, n in enumerate(shown) if i > 0 and
                 shop.sql(f"select status = 'processing' and not held from wb.sales_order where number = '{n}'") == 't')
    number = shown[place]
    order = f"(select o from wb.sales_order o where o.number = '{number}')"
    office.key(*['Down'] * place, 'space')
    office.find('push button', 'Close quick look')
    office.key('Escape')
    office.wait_gone('push button', 'Close quick look')

    office.key('Return')
    office.find('label', f'#{number}')
    office.key('alt+Left')
    office.wait_for(lambda: number in numbers(office), 'the list again')

    # What goes on with the row that had the keyboard: hold it, by the keys of its menu; take it back.
    held = shop.sql(f'select ({order}).held')
    office.key('shift+F10')
    office.find('menu item', 'Hold')
    office.key('h')
    office.find('menu item', 'Address problem')
    for _ in range(3):
        office.key('Down')
    office.key('Return')
    office.wait_for(lambda: shop.sql(f'select ({order}).held') == 't', 'the hold')
    office.key('ctrl+z')
    office.wait_for(lambda: shop.sql(f'select ({order}).held') == held, 'the hold to be over')
    office.key('Down')
    office.key('Return')
    office.find('push button', 'Back')
    office.key('alt+Left')
    office.wait_gone('push button', 'Back')

    office.key('ctrl+f').type(number)
    office.wait_for(lambda: numbers(office) == [number], f'{number} alone')
    office.key('Return', 'ctrl+BackSpace')
    office.find('label', f'{ORDERS} orders')

    office.key('alt+2')
    office.find('tree table', 'Customers').find('table cell')
    office.key('Down', 'Return')
    office.find('push button', 'Edit')
    office.key('ctrl+e')
    office.find('text', 'Name')
    office.key('Escape')
    office.wait_gone('text', 'Name')
    office.key('F10')
    office.find('menu item', re.compile('^About'))
    office.key('Escape')
    office.wait_gone('menu item', re.compile('^About'))
    office.key('ctrl+question')
    office.find('frame', 'Keyboard shortcuts')
    office.key('Escape')
    office.key('alt+3')
    office.find('tree table', 'Products').find('table cell')


# --- the connection --------------------------------------------------------------------------------------------------

@scenario(orders=ORDERS)
def what_was_typed_survives_a_cut_wire(shop):
    wire = shop.wire()
    office = shop.start('waybill', database=wire.database)
    office.find('table row')
    office.activate()
    name, number = shop.sql('select name, number from wb.customer order by name_sort, id limit 1').split('|')
    office.key('alt+2')
    office.find('tree table', 'Customers').find('label', name)
    office.key('Home', 'Return')
    office.find('push button', 'Edit').click()
    entry = office.find('text', 'Company')
    entry.click()
    office.type('Typed Ltd')
    wire.cut()
    office.key('ctrl+s')
    office.wait_text(re.compile('What you typed is kept'))
    assert entry.text == 'Typed Ltd', entry.text
    office.wait_text(re.compile('connection to the database'))
    shop.sql(f"update wb.customer set phone = '0800 CHANGED' where number = '{number}'")
    wire.mend()
    office.wait_text('0800 CHANGED')
    office.key('ctrl+s')
    merge = office.find('push button', 'Take over their changes')
    merge.click()
    office.wait_for(lambda: office.find('text', 'Phone').text == '0800 CHANGED', 'their change')
    office.key('ctrl+s')
    # the toast that says so may be gone before a busy machine has looked
    office.find('push button', 'Edit')
    assert shop.sql(f"select company, phone from wb.customer where number = '{number}'") == 'Typed Ltd|0800 CHANGED'


@scenario(orders=ORDERS)
def a_read_only_server_offers_nothing_to_change(shop):
    database = shop.sql('select current_database()')
    office = open_office(shop)
    office.key('Down', 'shift+Down')
    office.find('push button', 'Release')
    shop.sql(f'alter database {database} set default_transaction_read_only = on')
    shop.sql('select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = '
             'current_database()')
    office.wait_text(re.compile('read-only at the moment'))
    office.wait_gone('push button', 'Release')
    office.key('Escape', 'Return')
    office.find('push button', 'Back')
    office.wait_gone('text', 'Note')
    office.key('alt+2')
    office.find('tree table', 'Customers').find('table cell')
    office.key('Home', 'Return')
    office.find('push button', 'Back')
    office.wait_gone('push button', 'Edit')
    shop.sql(f'set transaction read write; alter database {database} reset default_transaction_read_only')
    shop.sql('select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = '
             'current_database()')
    office.find('push button', 'Edit')
    office.wait_for(lambda: not any('read-only' in text for text in office.texts()), 'the banner to go')


# --- odd texts -------------------------------------------------------------------------------------------------------

@scenario(orders=ORDERS)
def odd_texts_are_kept_letter_by_letter(shop):
    office = open_office(shop)
    number = numbers(office)[0]
    office.key('Home', 'Return')
    office.find('label', f'#{number}')
    notes = f"select string_agg(n.body, '~' order by n.id) from wb.order_note n join wb.sales_order o on o.id = n.order_id " \
            f"where o.number = '{number}' and n.kind = 'internal' and n.deleted_at is null"
    written = [shop.sql(notes)] if shop.sql(notes) else []
    for text in ("'; drop table wb.sales_order; --", '"); select pg_sleep(10)', '🦆 שלום ünïcødé', 'two\nlines', '<b>bold</b> &amp;',
                 'x' * 10000):
        office.find('text', 'Note').set_text(text)
        button = office.find('push button', 'Keep the note')
        office.wait_for(lambda b=button: 'sensitive' in b.states, 'the button')
        button.act()
        written.append(text)
        office.wait_for(lambda: shop.sql(notes) == '~'.join(written), f'{text[:40]!r} to be kept')
        office.wait_for(lambda: office.find('text', 'Note').text == '', 'an empty box again')
    assert int(shop.sql('select count(*) from wb.sales_order')) == ORDERS


if __name__ == '__main__':
    main()
