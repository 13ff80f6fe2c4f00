-- Labels of products, shelves, totes, badges and returns stand in the ledger too; they are printed as often as somebody wants them.
set local role wb_owner;

alter table wb.print drop constraint print_document_check,
  add constraint print_document_check check (document in ('label', 'paper', 'pick-list', 'packing-slip', 'command-sheet', 'sticker', 'test'));
