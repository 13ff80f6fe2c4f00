/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "core/wb-label.h"
#include "db/wb-station-store.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-label-print.h"
#include "ui/wb-print-choice.h"
#include "ui/wb-print-desk.h"
#include "ui/wb-print-notes.h"

struct _WbPrintDesk
{
  GObject parent_instance;

  guint n_looking;

  /* Owned references */
  WbPrintQueue *queue;
  WbPrintNotes *notes; /* (nullable): without a database */
  WbDeviceRig *rig;
  WbDb *db;
  GPtrArray *stations; /* (nullable): WbStation */
  GCancellable *cancellable;
  char *folder; /* of notes */
};

G_DEFINE_FINAL_TYPE (WbPrintDesk, wb_print_desk, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell_changed (WbPrintDesk *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stations_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stations = wb_station_store_list_finish (WB_DB (source), result, &error);

  if (stations == NULL)
    {
      g_debug ("the stations cannot be read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  self->stations = g_steal_pointer (&stations);
  tell_changed (self);
}

static void
read_stations (WbPrintDesk *self)
{
  if (self->db != NULL && self->n_looking > 0)
    wb_station_store_list_async (self->db, self->cancellable, stations_cb, g_object_ref (self));
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_desk_dispose (GObject *object)
{
  WbPrintDesk *self = WB_PRINT_DESK (object);

  g_cancellable_cancel (self->cancellable);
  wb_print_desk_set_db (self, NULL);
  g_clear_object (&self->notes);
  g_clear_object (&self->queue);
  g_clear_object (&self->rig);
  G_OBJECT_CLASS (wb_print_desk_parent_class)->dispose (object);
}

static void
wb_print_desk_finalize (GObject *object)
{
  WbPrintDesk *self = WB_PRINT_DESK (object);

  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->folder);
  G_OBJECT_CLASS (wb_print_desk_parent_class)->finalize (object);
}

static void
wb_print_desk_class_init (WbPrintDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_print_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_print_desk_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_print_desk_init (WbPrintDesk *self)
{
  self->cancellable = g_cancellable_new ();
  self->rig = wb_device_rig_new_for_printers ();
  g_signal_connect_object (wb_device_rig_get_hub (self->rig), "items-changed", G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
}

WbPrintDesk *
wb_print_desk_new (const char *folder, const char *files)
{
  WbPrintDesk *self = g_object_new (WB_TYPE_PRINT_DESK, NULL);

  g_return_val_if_fail (folder != NULL, NULL);

  self->queue = wb_print_queue_new (folder, files, NULL);
  self->folder = g_build_filename (folder, "notes", NULL);
  return self;
}

/* ── Public API ──────────────────────────────────────────────────────────────────────────────── */

void
wb_print_desk_set_db (WbPrintDesk *self, WbDb *db)
{
  g_return_if_fail (WB_IS_PRINT_DESK (self));

  if (self->db == db)
    return;
  g_clear_object (&self->notes);
  g_set_object (&self->db, db);
  if (db != NULL)
    {
      self->notes = wb_print_notes_new (db, self->folder);
      wb_print_notes_set_queue (self->notes, self->queue);
    }
  read_stations (self);
}

WbDb *
wb_print_desk_get_db (WbPrintDesk *self)
{
  g_return_val_if_fail (WB_IS_PRINT_DESK (self), NULL);

  return self->db;
}

WbPrintQueue *
wb_print_desk_get_queue (WbPrintDesk *self)
{
  g_return_val_if_fail (WB_IS_PRINT_DESK (self), NULL);

  return self->queue;
}

WbDeviceRig *
wb_print_desk_get_rig (WbPrintDesk *self)
{
  g_return_val_if_fail (WB_IS_PRINT_DESK (self), NULL);

  return self->rig;
}

void
wb_print_desk_begin_looking (WbPrintDesk *self)
{
  g_return_if_fail (WB_IS_PRINT_DESK (self));

  if (self->n_looking++ == 0)
    wb_device_hub_start (wb_device_rig_get_hub (self->rig));
  read_stations (self);
}

void
wb_print_desk_end_looking (WbPrintDesk *self)
{
  g_return_if_fail (WB_IS_PRINT_DESK (self) && self->n_looking > 0);

  if (--self->n_looking == 0)
    wb_device_hub_stop (wb_device_rig_get_hub (self->rig));
}

GPtrArray *
wb_print_desk_list_choices (WbPrintDesk *self, WbPrintKind kind)
{
  g_return_val_if_fail (WB_IS_PRINT_DESK (self), NULL);

  return wb_print_choices_list (self->rig, self->stations, kind);
}

/* ── Printing ────────────────────────────────────────────────────────────────────────────────── */

static WbPrintDocument *
make_document (GPtrArray *pages, const WbPrintRoute *route, const WbPrintFacts *facts, GError **error)
{
  const WbLabel *first = g_ptr_array_index (pages, 0);
  const char *language = wb_print_route_get_language (route, facts->kind);
  gboolean is_pdf = g_str_equal (language, "pdf");
  g_autoptr (GBytes) data = wb_label_print_encode_pages (pages, language, wb_print_route_get_dpi (route), route->media, error);
  WbPrintDocument *document = NULL;

  if (data == NULL)
    return NULL;
  document = wb_print_document_new (facts->document_id, facts->title != NULL ? facts->title : first->name,
                                    is_pdf ? WB_PRINTER_PDF : WB_PRINTER_RAW, data);
  wb_print_document_set_medium (document, first->width_um, first->height_um, route->tray);
  wb_print_document_set_pages (document, pages);
  return document;
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *job = wb_print_queue_print_finish (WB_PRINT_QUEUE (source), result, &error);

  if (job != NULL)
    g_task_return_pointer (task, job, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
wb_print_desk_print_async (WbPrintDesk *self, GPtrArray *pages, const WbPrintRoute *route, const WbPrintFacts *facts,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (WbPrintDocument) document = NULL;
  GError *error = NULL;

  g_return_if_fail (WB_IS_PRINT_DESK (self) && pages != NULL && pages->len > 0 && route != NULL && facts != NULL);

  g_task_set_source_tag (task, wb_print_desk_print_async);
  document = make_document (pages, route, facts, &error);
  if (document == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->notes != NULL)
    wb_print_notes_expect (self->notes, facts);
  wb_print_queue_print_on_async (self->queue, document, facts->kind, route, printed_cb, g_steal_pointer (&task));
}

char *
wb_print_desk_print_finish (WbPrintDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
wb_print_desk_count_unknown (WbPrintDesk *self, WbPrintKind kind, gint64 order_id, gint64 label_id)
{
  g_return_val_if_fail (WB_IS_PRINT_DESK (self), 0);

  return self->notes != NULL ? wb_print_notes_count (self->notes, kind, order_id, label_id) : 0;
}
