/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "ui/wb-filter-entry.h"
#include "ui/wb-format.h"
#include "ui/wb-one-line.h"

/* How many ways to go on are offered at once. */
#define MAX_CANDIDATES 9

struct _WbFilterEntry
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkSearchEntry *entry;
  GtkPopover *popover;
  GtkBox *problem;
  GtkLabel *problem_label;
  GtkScrolledWindow *scroller;
  GtkListBox *candidates;

  /* Owned references */
  WbFilter *filter;
  GError *error;

  const WbCatalogue *catalogue;
  WbFilterContext context;
  WbFilterSpan span;
  gboolean completing;
  gboolean quiet;
};

G_DEFINE_FINAL_TYPE (WbFilterEntry, wb_filter_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FILTER,
  PROP_ERROR,
  N_PROPS
};

enum
{
  COMMITTED,
  LEAVE,
  ERASE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GtkText *
get_inner (WbFilterEntry *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
}

static const char *
get_text (WbFilterEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* Reading */

static void
underline (WbFilterEntry *self, const WbFilterSpan *span)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

  line->start_index = (guint) span->start;
  line->end_index = (guint) MAX (span->end, span->start + 1);
  pango_attr_list_insert (attributes, line);
  gtk_text_set_attributes (get_inner (self), attributes);
}

/* A word that is still being typed is not wrong yet, as long as it can become right. */
static gboolean
is_being_typed (WbFilterEntry *self)
{
  WbFilterSpan span = { 0 };
  WbFilterSpan place = { 0 };
  const char *text = get_text (self);
  glong cursor = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  gsize bytes = (gsize) (g_utf8_offset_to_pointer (text, cursor) - text);
  g_autoptr (GPtrArray) candidates = NULL;

  if (!self->completing || !wb_filter_error_get_span (self->error, &span)
      || cursor < span.start_char || cursor > span.end_char)
    return FALSE;
  candidates = wb_filter_complete (self->catalogue, text, bytes, &self->context, 1, &place);
  return candidates->len > 0;
}

static void
show_problem (WbFilterEntry *self)
{
  WbFilterSpan span = { 0 };
  g_autofree char *sentence = NULL;

  if (self->error == NULL || is_being_typed (self))
    {
      gtk_text_set_attributes (get_inner (self), NULL);
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
      return;
    }
  if (wb_filter_error_get_span (self->error, &span))
    underline (self, &span);
  sentence = wb_format_sentence (self->error->message);
  gtk_label_set_text (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
read_text (WbFilterEntry *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbFilter) filter = NULL;
  gboolean had_error = self->error != NULL;

  filter = wb_filter_parse (self->catalogue, get_text (self), &self->context, &error);
  g_clear_error (&self->error);
  if (filter == NULL)
    self->error = g_steal_pointer (&error);
  show_problem (self);
  if (had_error != (self->error != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (filter == NULL || (self->filter != NULL && wb_filter_equal (filter, self->filter)))
    return;
  g_clear_pointer (&self->filter, wb_filter_unref);
  self->filter = g_steal_pointer (&filter);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

/* Completing */

static GtkWidget *
make_candidate_row (const WbFilterCandidate *candidate)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (candidate->label);
  GtkWidget *text = gtk_label_new (candidate->text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (candidate->detail != NULL)
    gtk_widget_set_tooltip_text (row, candidate->detail);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (text, "expression");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "wb-text", g_strdup (candidate->text), g_free);
  return row;
}

static gboolean
fill_candidates (WbFilterEntry *self)
{
  const char *text = get_text (self);
  glong cursor = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  gsize bytes = (gsize) (g_utf8_offset_to_pointer (text, cursor) - text);
  g_autoptr (GPtrArray) candidates = NULL;
  GtkListBoxRow *row = NULL;

  candidates = wb_filter_complete (self->catalogue, text, bytes, &self->context, MAX_CANDIDATES,
                                   &self->span);
  while ((row = gtk_list_box_get_row_at_index (self->candidates, 0)) != NULL)
    gtk_list_box_remove (self->candidates, GTK_WIDGET (row));
  for (guint i = 0; i < candidates->len; i++)
    gtk_list_box_append (self->candidates, make_candidate_row (g_ptr_array_index (candidates, i)));
  gtk_list_box_select_row (self->candidates, NULL);
  return candidates->len > 0;
}

static gboolean
has_focus (WbFilterEntry *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self->entry)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
update_popover (WbFilterEntry *self)
{
  gboolean any = FALSE;

  if (!self->completing || !has_focus (self))
    {
      gtk_popover_popdown (self->popover);
      return;
    }
  any = fill_candidates (self);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), any);
  if (!any && !gtk_widget_get_visible (GTK_WIDGET (self->problem)))
    {
      gtk_popover_popdown (self->popover);
      return;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->popover),
                               MAX (gtk_widget_get_width (GTK_WIDGET (self)), 280), -1);
  gtk_popover_popup (self->popover);
}

static void
close_popover (WbFilterEntry *self)
{
  self->completing = FALSE;
  gtk_popover_popdown (self->popover);
}

static void
take_candidate (WbFilterEntry *self, GtkListBoxRow *row)
{
  const char *with = g_object_get_data (G_OBJECT (row), "wb-text");
  const char *text = get_text (self);
  gsize end = MIN (self->span.end, strlen (text));
  gsize start = MIN (self->span.start, end);
  gboolean finished = !g_str_has_suffix (with, ":") && text[end] != ' ';
  g_autofree char *head = g_strndup (text, start);
  g_autofree char *all = g_strconcat (head, with, finished ? " " : "", text + end, NULL);
  glong position = g_utf8_strlen (head, -1) + g_utf8_strlen (with, -1) + (finished ? 1 : 0);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), all);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), (int) position);
  self->completing = TRUE;
  read_text (self);
  update_popover (self);
}

static void
select_candidate (WbFilterEntry *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->candidates);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : (step > 0 ? 0 : -1);

  gtk_list_box_select_row (self->candidates,
                           index >= 0 ? gtk_list_box_get_row_at_index (self->candidates, index)
                                      : NULL);
}

/* Callbacks */

static void
candidate_activated_cb (WbFilterEntry *self, GtkListBoxRow *row)
{
  take_candidate (self, row);
}

static void
changed_cb (WbFilterEntry *self)
{
  if (self->quiet)
    return;
  self->completing = TRUE;
}

static void
search_changed_cb (WbFilterEntry *self)
{
  if (self->quiet)
    return;
  read_text (self);
  update_popover (self);
}

static void
cursor_moved_cb (WbFilterEntry *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    update_popover (self);
}

static void
activate_cb (WbFilterEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->candidates);

  if (row != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      take_candidate (self, row);
      return;
    }
  self->completing = FALSE;
  read_text (self);
  if (self->error != NULL)
    {
      show_problem (self);
      self->completing = TRUE;
      update_popover (self);
      return;
    }
  close_popover (self);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
stop_search_cb (WbFilterEntry *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    close_popover (self);
  else if (*get_text (self) != '\0')
    wb_filter_entry_set_text (self, "");
  else
    g_signal_emit (self, signals[LEAVE], 0);
}

static gboolean
key_pressed_cb (WbFilterEntry *self, guint key, guint code, GdkModifierType state)
{
  gboolean open = gtk_widget_get_visible (GTK_WIDGET (self->popover));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->candidates);

  state &= gtk_accelerator_get_default_mod_mask ();
  if (key == GDK_KEY_space && state == GDK_CONTROL_MASK)
    {
      self->completing = TRUE;
      update_popover (self);
      return TRUE;
    }
  if (state != 0)
    return FALSE;
  if (key == GDK_KEY_Down && !open)
    {
      g_signal_emit (self, signals[LEAVE], 0);
      return TRUE;
    }
  if (key == GDK_KEY_BackSpace && *get_text (self) == '\0')
    {
      g_signal_emit (self, signals[ERASE], 0);
      return TRUE;
    }
  if (!open)
    return FALSE;
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    {
      select_candidate (self, key == GDK_KEY_Down ? 1 : -1);
      return TRUE;
    }
  if (key == GDK_KEY_Tab)
    {
      if (row == NULL)
        row = gtk_list_box_get_row_at_index (self->candidates, 0);
      if (row == NULL)
        return FALSE;
      take_candidate (self, row);
      return TRUE;
    }
  return FALSE;
}

static void
focus_left_cb (WbFilterEntry *self)
{
  close_popover (self);
}

static gboolean
wb_filter_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_FILTER_ENTRY (widget)->entry));
}

static GtkSizeRequestMode
wb_filter_entry_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
wb_filter_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  WbFilterEntry *self = WB_FILTER_ENTRY (widget);

  gtk_widget_measure (GTK_WIDGET (self->entry), orientation, -1, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
wb_filter_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbFilterEntry *self = WB_FILTER_ENTRY (widget);

  gtk_widget_allocate (GTK_WIDGET (self->entry), width, height, baseline, NULL);
  gtk_popover_present (self->popover);
}

static void
wb_filter_entry_dispose (GObject *object)
{
  WbFilterEntry *self = WB_FILTER_ENTRY (object);

  g_clear_pointer (&self->filter, wb_filter_unref);
  g_clear_error (&self->error);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_FILTER_ENTRY);

  G_OBJECT_CLASS (wb_filter_entry_parent_class)->dispose (object);
}

static void
wb_filter_entry_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbFilterEntry *self = WB_FILTER_ENTRY (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_boxed (value, self->filter);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_filter_entry_class_init (WbFilterEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = wb_filter_entry_dispose;
  object_class->get_property = wb_filter_entry_get_property;
  widget_class->grab_focus = wb_filter_entry_grab_focus;
  widget_class->get_request_mode = wb_filter_entry_get_request_mode;
  widget_class->measure = wb_filter_entry_measure;
  widget_class->size_allocate = wb_filter_entry_size_allocate;

  properties[PROP_FILTER] = g_param_spec_boxed ("filter", NULL, NULL, WB_TYPE_FILTER, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[ERASE] = g_signal_new ("erase", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-filter-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, problem);
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, problem_label);
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbFilterEntry, candidates);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, candidate_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_set_css_name (widget_class, "filterentry");
}

static void
wb_filter_entry_init (WbFilterEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  wb_one_line_keep (GTK_EDITABLE (self->entry));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

/**
 * wb_filter_entry_new:
 * @catalogue: what is searched
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
wb_filter_entry_new (const WbCatalogue *catalogue)
{
  WbFilterEntry *self = g_object_new (WB_TYPE_FILTER_ENTRY, NULL);
  g_autofree char *hint = NULL;

  self->catalogue = catalogue;
  self->filter = wb_filter_new_empty (catalogue);
  /* Translators: in the empty search box; %s is "Orders", "Customers", … */
  hint = g_strdup_printf (_ ("Search %s"), wb_catalogue_get_label (catalogue));
  g_object_set (self->entry, "placeholder-text", hint, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint,
                                  -1);
  return GTK_WIDGET (self);
}

/**
 * wb_filter_entry_set_context:
 * @context: the world expressions are read in; copied, what it points to is kept alive by the caller
 */
void
wb_filter_entry_set_context (WbFilterEntry *self, const WbFilterContext *context)
{
  g_return_if_fail (WB_IS_FILTER_ENTRY (self));

  self->context = *context;
}

/**
 * wb_filter_entry_get_text:
 *
 * Returns: (transfer none): the text, right or wrong
 */
const char *
wb_filter_entry_get_text (WbFilterEntry *self)
{
  g_return_val_if_fail (WB_IS_FILTER_ENTRY (self), NULL);

  return get_text (self);
}

/**
 * wb_filter_entry_set_text:
 * @text: a new text, read at once and without completion
 */
void
wb_filter_entry_set_text (WbFilterEntry *self, const char *text)
{
  g_return_if_fail (WB_IS_FILTER_ENTRY (self));

  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->quiet = FALSE;
  close_popover (self);
  read_text (self);
}

/**
 * wb_filter_entry_get_filter:
 *
 * Returns: (transfer none): the expression in force: that of the text, or the last one that was right
 */
WbFilter *
wb_filter_entry_get_filter (WbFilterEntry *self)
{
  g_return_val_if_fail (WB_IS_FILTER_ENTRY (self), NULL);

  return self->filter;
}

/**
 * wb_filter_entry_begin:
 * @text: the start of a clause, as "status:"
 *
 * Writes the start of a clause behind what there is, takes the keyboard and offers how to go on.
 */
void
wb_filter_entry_begin (WbFilterEntry *self, const char *text)
{
  g_autofree char *all = NULL;
  const char *old = NULL;

  g_return_if_fail (WB_IS_FILTER_ENTRY (self));

  old = get_text (self);
  all = g_strconcat (old, *old != '\0' && !g_str_has_suffix (old, " ") ? " " : "", text, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), all);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->quiet = FALSE;
  self->completing = TRUE;
  update_popover (self);
}
