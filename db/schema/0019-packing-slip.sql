-- A packing slip is a paper of its own: the ledger knows how often one was printed for an order.
set local role wb_owner;

alter table wb.print drop constraint print_document_check,
  add constraint print_document_check check (document in ('label', 'paper', 'pick-list', 'packing-slip', 'command-sheet', 'test'));
