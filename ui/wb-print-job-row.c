/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-facts.h"
#include "core/wb-label-language.h"
#include "devices/wb-printer-place.h"
#include "ui/wb-print-job-row.h"
#include "ui/wb-format.h"
#include "ui/wb-word.h"

struct _WbPrintJobRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkStack *mark;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *state;
  GtkLabel *message;
  GtkWidget *buttons;
  GtkWidget *came_out;
  GtkWidget *print_it;
  GtkWidget *cancel;
  GtkWidget *move;
  GtkWidget *retry;

  /* Owned references */
  WbPrintQueue *queue;
  WbPrintJob *job;
  WbDeviceRig *rig;
};

G_DEFINE_FINAL_TYPE (WbPrintJobRow, wb_print_job_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *words;
  const char *icon; /* NULL: it is under way */
  const char *style;
} states[] = {
  [WB_PRINT_JOB_WAITING] = { N_ ("Waits"), "wb-mark-clock-symbolic", "warning" },
  [WB_PRINT_JOB_SENDING] = { N_ ("Is sent"), NULL, "accent" },
  [WB_PRINT_JOB_PRINTING] = { N_ ("Prints"), NULL, "accent" },
  [WB_PRINT_JOB_DONE] = { N_ ("Came out"), "wb-mark-done-symbolic", "success" },
  [WB_PRINT_JOB_FAILED] = { N_ ("Failed"), "wb-mark-warning-symbolic", "error" },
  [WB_PRINT_JOB_DOUBT] = { N_ ("Look"), "wb-mark-warning-symbolic", "warning" },
  [WB_PRINT_JOB_CANCELLED] = { N_ ("Cancelled"), "wb-mark-cancelled-symbolic", "dim-label" },
};

static void
set_style (GtkWidget *widget, const char *style)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (widget, states[i].style);
  gtk_widget_add_css_class (widget, style);
}

static void
say (WbPrintJobRow *self, const char *message)
{
  g_autofree char *sentence = *message != '\0' ? wb_format_sentence (message) : NULL;

  gtk_label_set_text (self->message, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), sentence != NULL);
}

/* The sentence under a job that stands still; what is under way says nothing unless the printer wants something. */
static void
show_message (WbPrintJobRow *self)
{
  say (self, wb_print_job_get_message (self->job));
}

static void
show_job (WbPrintJobRow *self)
{
  WbPrintJobState state = wb_print_job_get_state (self->job);
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (wb_print_job_get_made_us (self->job) / G_USEC_PER_SEC);
  g_autofree char *when = wb_format_moment (made);
  const char *printer = wb_print_job_get_printer (self->job);
  /* A folder is called by its last name. */
  g_autofree char *place = g_path_is_absolute (printer) ? g_path_get_basename (printer) : g_strdup (printer);
  g_autofree char *subtitle = wb_facts_join (wb_word_text ("document", wb_print_kind_get_word (wb_print_job_get_kind (self->job))), place,
                                             when, NULL);
  gboolean doubt = state == WB_PRINT_JOB_DOUBT;
  gboolean can_retry = wb_print_job_can_retry (self->job);
  gboolean can_cancel = wb_print_job_can_cancel (self->job);

  gtk_stack_set_visible_child_name (self->mark, states[state].icon != NULL ? "icon" : "busy");
  gtk_spinner_set_spinning (self->spinner, states[state].icon == NULL);
  gtk_image_set_from_icon_name (self->icon, states[state].icon);
  set_style (GTK_WIDGET (self->icon), states[state].style);
  gtk_label_set_text (self->title, wb_print_job_get_title (self->job));
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->state, _ (states[state].words));
  set_style (GTK_WIDGET (self->state), states[state].style);
  show_message (self);
  gtk_widget_set_visible (self->came_out, doubt);
  gtk_widget_set_visible (self->print_it, doubt);
  gtk_widget_set_visible (self->retry, can_retry);
  gtk_widget_set_visible (self->cancel, can_cancel);
  gtk_widget_set_visible (self->move, can_retry || can_cancel);
  gtk_widget_set_visible (self->buttons, doubt || can_retry || can_cancel);
}

/* ── What can be done ────────────────────────────────────────────────────────────────────────── */

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPrintJobRow *self = WB_PRINT_JOB_ROW (widget);

  wb_print_queue_retry (self->queue, self->job);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPrintJobRow *self = WB_PRINT_JOB_ROW (widget);

  wb_print_queue_cancel (self->queue, self->job);
}

/* ── Moving ──────────────────────────────────────────────────────────────────────────────────── */

static WbPrintRoute *
make_route (WbPrintJobRow *self, const WbPrinterPlace *place)
{
  return wb_printer_place_make_route (place, wb_print_job_get_kind (self->job), wb_print_job_get_language (self->job));
}

static void
move_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPrintJobRow *self = WB_PRINT_JOB_ROW (widget);
  const char *printer = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) places = wb_printer_places_list (self->rig);
  const WbPrinterPlace *place = wb_printer_places_find (places, printer);
  g_autoptr (WbPrintRoute) route = place != NULL ? make_route (self, place) : wb_print_route_new ("", NULL, NULL, 0);
  g_autoptr (GError) error = NULL;

  /* one that was unplugged while the menu was open */
  if (place == NULL && *printer != '\0')
    return;
  if (!wb_print_queue_move (self->queue, self->job, route, &error))
    say (self, error->message);
}

static const char *
get_language_title (const char *language)
{
  WbLabelLanguage known = WB_LABEL_ZPL;

  return wb_label_language_find (language, &known) ? wb_label_language_get_title (known) : "PDF";
}

static void
add_place (GMenu *menu, const char *label, const char *printer)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "job.move", "s", printer);
  g_menu_append_item (menu, item);
}

/* A line that cannot be chosen, and says why: no widget has this action. */
static void
add_unfit (GMenu *menu, const WbPrinterPlace *place)
{
  /* Translators: a printer and the language it understands: "TSC at the door: understands TSPL only" */
  g_autofree char *label = g_strdup_printf (_ ("%s: understands %s only"), place->title, get_language_title (place->language));

  g_menu_append (menu, label, "job.not-this-one");
}

/* Made when it is opened: what is written in one language goes to printers that understand it, and to others when it can be written anew. */
static void
open_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  WbPrintJobRow *self = user_data;
  g_autoptr (GPtrArray) places = wb_printer_places_list (self->rig);
  const WbPrintRoute *here = wb_print_job_get_route (self->job);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) fit = g_menu_new ();
  g_autoptr (GMenu) unfit = g_menu_new ();

  for (guint i = 0; i < places->len; i++)
    {
      const WbPrinterPlace *place = g_ptr_array_index (places, i);
      g_autoptr (WbPrintRoute) route = make_route (self, place);

      if (here != NULL && wb_printer_places_find (places, here->printer) == place)
        continue;
      if (wb_print_job_can_go (self->job, route, NULL))
        add_place (fit, place->title, place->printer);
      else
        add_unfit (unfit, place);
    }
  if (here == NULL || *here->printer != '\0')
    add_place (fit, _ ("Keep it as a file"), "");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (unfit));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
settle_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPrintJobRow *self = WB_PRINT_JOB_ROW (widget);

  wb_print_queue_settle (self->queue, self->job, g_str_equal (action, "job.came-out"));
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_job_row_dispose (GObject *object)
{
  WbPrintJobRow *self = WB_PRINT_JOB_ROW (object);

  /* A row that somebody keeps a while shows nothing any more. */
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_PRINT_JOB_ROW);
  g_clear_object (&self->rig);
  g_clear_object (&self->queue);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (wb_print_job_row_parent_class)->dispose (object);
}

static void
wb_print_job_row_class_init (WbPrintJobRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_print_job_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-print-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, state);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, message);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, came_out);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, print_it);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, move);
  gtk_widget_class_bind_template_child (widget_class, WbPrintJobRow, retry);
  gtk_widget_class_install_action (widget_class, "job.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "job.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "job.move", "s", move_cb);
  gtk_widget_class_install_action (widget_class, "job.came-out", NULL, settle_cb);
  gtk_widget_class_install_action (widget_class, "job.print-it", NULL, settle_cb);
}

static void
wb_print_job_row_init (WbPrintJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_print_job_row_new (WbPrintQueue *queue, WbPrintJob *job, WbDeviceRig *rig)
{
  WbPrintJobRow *self = NULL;

  g_return_val_if_fail (WB_IS_PRINT_QUEUE (queue) && WB_IS_PRINT_JOB (job) && WB_IS_DEVICE_RIG (rig), NULL);

  self = g_object_new (WB_TYPE_PRINT_JOB_ROW, NULL);
  self->queue = g_object_ref (queue);
  self->job = g_object_ref (job);
  self->rig = g_object_ref (rig);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->move), open_menu_cb, self, NULL);
  g_signal_connect_object (job, "changed", G_CALLBACK (show_job), self, G_CONNECT_SWAPPED);
  show_job (self);
  return GTK_WIDGET (self);
}
