#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmarks. Each yields figures; the reference is what the same work costs without us."""

import fnmatch
import os
import re
import subprocess
import sys

from measure import BUILD, Failed, Figure, Shop, SOURCE, at_once, bench, benches, in_turn, p95, peak_memory, program_output, run, seconds, statistics

# Each seat stands at another station for each claim: a station that has an order gets no second one.
CLAIM = '''\\set n :n + 1
\\set station :client_id * 625 + :n
'''
CLAIM_OURS = CLAIM + "select api.job_next(gen_random_uuid(), 'BENCH' || :station);\n"
CLAIM_SHOWN = CLAIM + "call api.job_start(gen_random_uuid(), 'BENCH' || :station, null, null);\n"
CLAIM_BARE = CLAIM + '''with n as (select id from bench.job where warehouse_id = (select id from wb.warehouse where code = 'BENCH')
  and state = 'open' order by priority desc, ship_by, id limit 1 for update skip locked)
update bench.job j set state = 'claimed', definition = '{}', claimed_at = now() from n where j.id = n.id returning j.id;
'''


@bench('claim')
def claim_next_order(shop):
    """16 seats claim 10,000 open orders: nobody gets what another has, none is forgotten."""
    shop.file('claim.sql')

    def claim(script, transactions, shown=None):
        def run():
            with shop.copy() as copy:
                rate = copy.pgbench(script, 16, transactions=transactions, options=['-D', 'n=0'])['tps']
                if shown is not None:
                    done = 16 * transactions
                    expected = (done, done, done, 10000 - done, shown * done)
                    found = copy.sql('''
                      select count(*) filter (where j.state = 'claimed'), count(distinct j.station_id),
                             (select count(*) from wb.act where name = 'job_next'), count(*) filter (where j.state = 'open'),
                             count(*) filter (where o.stage = 'packing')
                        from wb.job j join wb.sales_order o on o.id = j.order_id''')
                    if found != '|'.join(map(str, expected)):
                        raise Failed(f'claims went wrong: claimed, stations, acts, left and shown are {found}, not {expected}')
            return rate
        return run

    bare, ours, opened = in_turn(3, claim(CLAIM_BARE, 625), claim(CLAIM_OURS, 625, 0), claim(CLAIM_SHOWN, 125, 1))
    yield Figure('claim-next-order-16-seats', statistics.median(ours), 'claims/s', statistics.median(bare),
                 note='all of 10000 orders in each of 3 rounds, none twice, none forgotten')
    yield Figure('claim-and-open-16-seats', statistics.median(opened), 'claims/s', statistics.median(bare),
                 note='and what follows from a claim: the work frozen and read, the order shown as being packed')


STOCK_OURS = '''\\set what random(0, 99)
\\set sku random(1, 20)
\\set a random(1, 8)
\\set b random(1, 8)
\\set pieces random(1, 9)
select bench.try(:what, :sku, :a, :b, :pieces);
'''
STOCK_BARE = '''\\set sku random(1, 20)
\\set a random(1, 8)
\\set pieces random(1, 9)
update bench.bare set quantity = quantity + :pieces where sku_id = (select id from wb.sku where code = 'BENCH' || :sku)
  and bin_id = (select id from wb.bin where code = 'B' || :a and warehouse_id = (select id from wb.warehouse where code = 'BENCH'));
'''


@bench('stock')
def stock_under_writers(shop):
    """64 writers receive, move, count, sell and cancel the same few products for 10 s: never negative, ledger = levels."""
    shop.file('stock.sql')
    bare = shop.pgbench(STOCK_BARE, 64, duration=5)
    ours = shop.pgbench(STOCK_OURS, 64, duration=10, options=['--max-tries=20'])
    wrong = shop.sql('select count(*) from api.stock_check()')
    negative = shop.sql('select (select count(*) from wb.stock_level where quantity < 0) + '
                        '(select count(*) from wb.stock_total where reserved > on_hand or on_hand < 0)')
    if (wrong, negative) != ('0', '0'):
        raise Failed(f'{wrong} places where ledger and levels differ, {negative} below zero')
    refused = shop.sql('select count(*) from bench.refusal')
    retried = re.search(r'^number of transactions retried: (\d+)', ours['out'], re.MULTILINE)
    yield Figure('stock-64-writers', ours['tps'], 'acts/s', bare['tps'], note=f'ledger = levels, nothing below zero; {refused} '
                 f'refused, {retried.group(1) if retried else 0} retried, {ours["failed"]} failed')


FEED = '''\\set what random(0, 99)
\\set nr random(1, 2000)
\\set sku random(1, 20)
\\set pieces random(1, 9)
select bench.work(:what, :nr, :sku, :pieces);
'''


@bench('feed')
def feed_and_audit(shop):
    """What the change feed and the audit trail cost writers: a day's mix of acts with and without their triggers, at the same time."""
    shop.file('feed.sql')

    def without(copy, triggers):
        copy.sql(f"""do $$ declare t record; begin
          for t in select tgrelid::regclass as place, tgname from pg_trigger where tgname ~ '^{triggers}_(insert|update|delete)$' loop
            execute format('alter table %s disable trigger %I', t.place, t.tgname); end loop; end $$""")
        return copy

    rates = {'whole': [], 'tell': [], 'audit': []}
    with shop.copy('whole') as whole, shop.copy('quiet') as quiet, shop.copy('blind') as blind:
        kinds = [('whole', whole), ('tell', without(quiet, 'tell')), ('audit', without(blind, 'audit'))]
        for turn in range(4):  # the first is not counted
            for (kind, _), done in zip(kinds, at_once(*[lambda c=copy: c.pgbench(FEED, 1, duration=15, jobs=1) for _, copy in kinds])):
                if turn:
                    rates[kind].append(done['tps'])
        if int(whole.sql('select count(*) from wb.news')) < 1000 or quiet.sql('select max(at) from wb.news') >= whole.sql('select max(at) from wb.news'):
            raise Failed('the feed was not on where it should be, or not off')

    def cost(kind):
        return statistics.median(100 * (1 - on / off) for on, off in zip(rates['whole'], rates[kind]))
    yield Figure('feed-cost-to-writers', cost('tell'), '%', 5, note=f'{statistics.median(rates["whole"]):.0f} acts/s with it, '
                 f'{statistics.median(rates["tell"]):.0f} without; reference: the bar')
    yield Figure('audit-cost-to-writers', cost('audit'), '%', 15, note=f'{statistics.median(rates["audit"]):.0f} acts/s without it; '
                 'reference: what we aim at')


@bench('list', 'table')
def order_table(shop):
    """First rows after opening, sorting and filtering, jumps to any place; against the same SQL through psql."""
    shop.fill()
    for figure in program_output(BUILD + '/tests/bench/bench-list', shop.conninfo, '10'):
        yield measured(figure)


@bench('screen', 'table')
def order_table_on_screen(shop):
    """The same as people see it: until rows are painted, on a screen nobody sees; against painting a frame of the same."""
    yield from on_screen(shop, 'bench-table', '5')


@bench('repaint', 'table', 'news')
def act_until_repainted(shop):
    """From an act in one process until its outcome is painted in another one's order table; against painting a frame."""
    yield from on_screen(shop, 'bench-repaint', '200')


def on_screen(shop, program, *arguments):
    shop.fill()
    xvfb = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'xvfb')
    for figure in program_output(xvfb, f'{BUILD}/tests/bench/{program}', shop.conninfo, *arguments):
        yield measured(figure)


def measured(figure):
    """A figure that a program of ours printed: the 95th percentile unless it says another, and in the note what the rest was like."""
    spread = f"median {figure['median']:.3g}, at most {figure['most']:.3g}; " if 'most' in figure else ''
    if 'p95' in figure:
        spread = f"p95 {figure['p95']:.3g}, {spread}"
    return Figure(figure['name'], figure['value'], figure['unit'], figure.get('reference'),
                  note=f"p{figure.get('percentile', 95)} of {figure.get('n', 1)}, {spread}{figure['note']}")


@bench('labels')
def labels(shop):
    """A parcel label of 4 × 6 inches, from its values to the bytes a printer is sent; against making its two barcodes alone."""
    for figure in program_output(BUILD + '/tests/bench/bench-labels', '200'):
        yield measured(figure)


@bench('print')
def first_byte(shop):
    """From "print" to the first byte at a label printer, straight and through CUPS, and gaps between 1,000 labels of a row."""
    for figure in program_output(SOURCE + '/tests/cupsd', BUILD + '/tests/bench/bench-print', '200', '1000'):
        yield measured(figure)


@bench('scan')
def scan(_shop):
    """From the last byte of a scan on the line until the main loop has it: serial, USB, keyboard; against a bare read loop."""
    for figure in program_output('umockdev-wrapper', BUILD + '/tests/bench/bench-scan', '1000'):
        yield measured(figure)


@bench('faults')
def faults(_shop):
    """10,000 faults at random over scanners, scales, NFC readers and printers: none hangs, all work again by themselves, nothing is kept."""
    for figure in program_output('umockdev-wrapper', BUILD + '/tests/bench/bench-faults', '10000', '1'):
        yield measured(figure) if 'percentile' in figure else \
            Figure(figure['name'], figure['value'], figure['unit'], figure.get('reference'), note=figure['note'])


@bench('answer')
def answer(shop):
    """From a scan until its colour is painted and its sound begins, on a bench with an order in hand; against painting a frame."""
    run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-d', shop.conninfo, '-f', os.path.join(SOURCE, 'tests', 'bench-shop.sql'))
    shop.sql('vacuum (analyze)')
    for figure in program_output(SOURCE + '/tests/xvfb', f'{BUILD}/tests/bench/bench-answer', shop.conninfo, '100'):
        yield measured(figure)


@bench('news')
def news(shop):
    """From the beginning of a write in one process until another one hears of it; against a bare NOTIFY."""
    for figure in program_output(BUILD + '/tests/bench/bench-news', shop.conninfo, '500'):
        yield Figure(figure['name'], figure['value'], figure['unit'], figure.get('reference'), note=f"{figure['n']} writes; {figure['note']}")


@bench('demo')
def demo_shop(shop):
    """Making the demo shop of --orders orders; against the same number of orders and lines in two bare inserts."""
    shop.fill()
    lines = shop.sql('select count(*) from wb.order_line')
    bare = seconds(shop.sql, f"""create schema if not exists bench;
      create table bench.orders as select i as id, 'N' || i as number, now() - i * interval '1 minute' as placed_at,
        (i * 7919::bigint) % 100000 as total_minor, md5(i::text) as name from generate_series(1, {shop.orders}) i;
      alter table bench.orders add primary key (id);
      create table bench.lines as select i as id, 1 + i % {shop.orders} as order_id, i % 9 + 1 as quantity, md5(i::text) as name
        from generate_series(1, {lines}) i;
      alter table bench.lines add primary key (id), add foreign key (order_id) references bench.orders""")
    shop.sql('drop schema bench cascade')
    yield Figure(f'demo-shop-{shop.orders}-orders', shop.demo_seconds, 's', bare, note=f'{lines} lines')


@bench('start')
def start_to_rows(shop):
    """From the start of the program, with the embedded cluster stopped, until rows can be read on screen."""
    if shop.server:
        return
    import harness
    shop.ctl('demo', '--orders', str(shop.orders), '--if-empty')
    times, memory = [], []
    for turn in range(6):  # the first start is not counted
        shop.ctl('database', 'stop')
        desk = harness.Shop(f'start{turn}')
        try:
            office = desk.start('waybill', database=shop.place)
            row = harness.wait_for(lambda: next((n for n, _ in office.walk() if n.role == 'table cell' and n.on_screen), None), 'rows')
            times.append(1000 * (harness.time.monotonic() - office.started))
            memory.append(office.memory())
            assert row is not None
            office.close()
        finally:
            desk.clean()
    shop.ctl('database', 'start')
    yield Figure(f'start-to-rows-{shop.orders}-orders', p95(times[1:]), 'ms', 1500, note='second and later starts, cluster stopped before; '
                 'reference: the bar; read through AT-SPI, which adds some 50 ms')
    yield Figure('start-memory', statistics.median(memory), 'MiB', 250, note='reference: the bar')


@bench('import')
def import_online_retail(shop):
    """541,909 lines of Online Retail (in WAYBILL_DATA): time, memory, and a second run that changes nothing."""
    folder = os.environ.get('WAYBILL_DATA')
    packed = os.path.join(folder or '', 'online-retail', 'online-retail.csv.xz')
    if not folder or not os.path.exists(packed):
        raise Failed('WAYBILL_DATA names no folder with online-retail/online-retail.csv.xz')
    path = os.path.join(shop.folder, 'online-retail.csv')
    with open(path, 'wb') as out:
        subprocess.run(['xz', '-dc', packed], stdout=out, check=True)
    environment = {'WAYBILL_DATABASE': shop.conninfo}
    command = [shop.program('waybillctl'), 'import', 'csv', path, '--map', os.path.join(SOURCE, 'data/import/online-retail.map')]
    shop.sql('create schema bench; create table bench.line (invoice text, stock text, description text, quantity text, date text, '
             'price text, customer text, country text)')
    copied = seconds(shop.sql, f"\\copy bench.line from '{path}' with (format csv, header)")
    first, memory, _ = peak_memory(*command, environment=environment, statuses=(3,))  # some rows are refused
    sums = shop.sql('select (select sum(total_minor) from wb.sales_order) - (select sum(credit_minor) from wb.rma), '
                    '(select count(*) from wb.order_line) + (select count(*) from wb.rma_line)')
    if sums != '975880999|539798':
        raise Failed(f'the sums are wrong: {sums}')
    before = shop.sql('select count(*), max(version), max(updated_at) from wb.sales_order')
    second, _, _ = peak_memory(*command, environment=environment, statuses=(3,))  # some rows are refused
    if shop.sql('select count(*), max(version), max(updated_at) from wb.sales_order') != before:
        raise Failed('the second run changed something')
    yield Figure('import-online-retail', first, 's', copied, note='541909 lines; reference: a bare \\copy of the file')
    yield Figure('import-memory', memory, 'MiB', 300, note='reference: the bar')
    yield Figure('import-again', second, 's', copied, note='nothing changed')


@bench('camera')
def camera(_shop):
    """What a picture costs the processor: at most 15 come in a second, and those that nobody has time for are dropped."""
    done = subprocess.run([os.path.join(BUILD, 'tests/bench/bench-camera')], capture_output=True, text=True, check=True)
    for name, milliseconds in re.findall(r'^(camera-\S+) ([\d.]+) ms$', done.stdout, re.MULTILINE):
        yield Figure(name, float(milliseconds), 'ms', 1000 / 15, 'ms')


@bench('voice')
def voice(_shop):
    """What a bench understands of its commands in several voices, and what else it takes for one; the reference is all of them, or none."""
    done = subprocess.run([os.path.join(BUILD, 'tests/bench/bench-voice')], capture_output=True, text=True, check=True)
    for room, *numbers in re.findall(r'^(\S+) right (\d+) wrong (\d+) refused (\d+) of (\d+) false (\d+) of (\d+), (\d+) ms$',
                                     done.stdout, re.MULTILINE):
        right, wrong, _refused, said, false, other, milliseconds = map(int, numbers)
        yield Figure(f'voice-{room}-right', right, 'phrases', said, 'phrases')
        yield Figure(f'voice-{room}-wrong', wrong, 'phrases', said, 'phrases')
        yield Figure(f'voice-{room}-false', false, 'sentences', other, 'sentences')
        yield Figure(f'voice-{room}-processor', milliseconds, 'ms', 1000, 'ms')


def main(arguments):
    orders, names = 100000, []
    while arguments:
        argument = arguments.pop(0)
        if argument == '--orders':
            orders = int(arguments.pop(0))
        elif argument.startswith('--orders='):
            orders = int(argument.split('=')[1])
        elif argument == '--list':
            for known, function in benches():
                print(f'{" ".join(known):12} {function.__doc__}')
            return 0
        else:
            names.append(argument)
    chosen = [(known, f) for known, f in benches()
              if not names or any(fnmatch.fnmatch(k, n) for k in known for n in names)]
    if not chosen:
        print(f'bench: there is no {" ".join(names)}; --list names what there is', file=sys.stderr)
        return 2
    bad = 0
    shop = Shop(orders)
    try:
        for known, function in chosen:
            try:
                for figure in function(shop.fresh(known[0])):
                    print(figure, flush=True)
            except Failed as error:
                print(f'{known[0]}: {error}', file=sys.stderr, flush=True)
                bad = 1
    finally:
        shop.close()
    return bad


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
