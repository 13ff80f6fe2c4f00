/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of WbLabelDialog, shared by wb-label-dialog.c (choosing, and a look at each), wb-label-dialog-print.c (printing them) and a file
 * for each kind of label, wb-label-dialog-KIND.c. A kind more is a WbLabelSubject among all of wb-label-dialog.c, its rows in wb-label-dialog.ui,
 * and its place in what a dialog offers.
 */
#pragma once

#include "core/wb-label-templates.h"
#include "db/wb-label-store.h"
#include "ui/wb-label-dialog.h"
#include "ui/wb-label-preview.h"
#include "ui/wb-printer-row.h"

G_BEGIN_DECLS

/**
 * WbLabelSubject:
 * @document: of its templates (core/wb-label-document.h)
 * @title: what it is called
 * @none: what is said when there is none of it
 * @none_why: and why that may be
 * @right: (nullable): what somebody has to be allowed so that it is offered
 * @show_rows: (nullable): shows or hides the rows that are its own
 * @read: (nullable): asks the database; NULL for labels that are made here
 * @take: (nullable): something was read: fills the rows that offer some of it. Returns whether other things are wanted now, and have to be read
 * @choose: (nullable): what is printed of what was read, or is made here; (transfer full) (element-type WbLabelItem). NULL for all that was read
 * @dress: (nullable): what a label says that depends on the rows, before it is laid out
 *
 * One kind of label that the dialog prints.
 */
typedef struct
{
  const char *document;
  const char *title;
  const char *none;
  const char *none_why;
  const char *right;
  void (*show_rows) (WbLabelDialog *self, gboolean shown);
  void (*read) (WbLabelDialog *self, WbDb *db, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*take) (WbLabelDialog *self);
  GPtrArray *(*choose) (WbLabelDialog *self);
  void (*dress) (WbLabelDialog *self, guint i);
} WbLabelSubject;

extern const WbLabelSubject _wb_label_products;
extern const WbLabelSubject _wb_label_places;
extern const WbLabelSubject _wb_label_totes;
extern const WbLabelSubject _wb_label_badges;
extern const WbLabelSubject _wb_label_returns;

struct _WbLabelDialog
{
  AdwWindow parent_instance;

  gint64 order_id;
  guint shown; /* which label is looked at */
  guint typing; /* source: somebody has just typed */
  gboolean is_filling;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkLabel *print_text;
  GtkWidget *bin;
  GtkBox *sides;
  GtkWidget *side;
  GtkWidget *form;
  GtkWidget *what;
  AdwComboRow *subject;
  AdwComboRow *zone;
  GtkWidget *first;
  GtkWidget *last;
  GtkWidget *prefix;
  GtkWidget *low_row;
  GtkSpinButton *low;
  GtkWidget *high_row;
  GtkSpinButton *high;
  AdwComboRow *person;
  AdwPreferencesGroup *how;
  AdwComboRow *template;
  GtkWidget *price_row;
  GtkSwitch *price;
  GtkWidget *copies_row;
  GtkSpinButton *copies;
  GtkLabel *trouble;
  GtkWidget *frame;
  GtkStack *face;
  GtkSpinner *spinner;
  AdwStatusPage *empty;
  AdwStatusPage *failed;
  WbLabelPreview *preview;
  GtkWidget *pager;
  GtkLabel *which;
  GtkRevealer *progress;
  GtkProgressBar *bar;

  /* Borrowed references: a child */
  WbPrinterRow *printer;

  /* Owned references */
  WbPrintDesk *desk;
  WbLabelTemplates *templates;
  GPtrArray *subjects;    /* const WbLabelSubject: what can be chosen */
  GArray *skus;        /* gint64 */
  GPtrArray *names;    /* (nullable): of the templates that can be chosen */
  WbLabelItems *read;  /* (nullable): what the database said */
  GPtrArray *items;    /* WbLabelItem: what is printed, borrowed from @read or made here */
  GPtrArray *prices;   /* of @items, as they were read */
  char *shop;
  GCancellable *cancellable; /* of reading */

  /* Printing */
  GPtrArray *batches; /* (nullable): pages of one job each */
  GPtrArray *ids;     /* of the jobs handed over */
  guint n_labels;
  guint n_sent;
  char *delay; /* (nullable): why what was sent has not come out yet */
};

const WbLabelSubject *_wb_label_dialog_get_subject (WbLabelDialog *self);

/* Fails as the template's layout does. */
WbLabel *_wb_label_dialog_lay_out (WbLabelDialog *self, guint i, GError **error);
void _wb_label_dialog_say (WbLabelDialog *self, const char *trouble);
void _wb_label_dialog_update (WbLabelDialog *self);

void _wb_label_dialog_print (WbLabelDialog *self);
void _wb_label_dialog_stop (WbLabelDialog *self);
gboolean _wb_label_dialog_is_printing (WbLabelDialog *self);

G_END_DECLS
