/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/wb-db-error.h"
#include "ui/wb-sign-in.h"

typedef struct
{
  WbSignInFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Answer;

static void
free_answer (gpointer data, GClosure *closure)
{
  Answer *answer = data;

  if (answer->destroy != NULL)
    answer->destroy (answer->user_data);
  g_free (answer);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Answer *answer = data;
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);

  answer->func (g_str_equal (response, "again"), entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (entry)) : NULL,
                answer->user_data);
}

/* GTK 4.8 tells a password entry that its text has lost the focus, also when the entry is gone by then and the text is not. */
static void
forget_text_cb (GtkWidget *entry)
{
  g_signal_handlers_disconnect_matched (gtk_editable_get_delegate (GTK_EDITABLE (entry)), G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                        entry);
}

static GtkWidget *
make_password_entry (void)
{
  GtkWidget *entry = gtk_password_entry_new ();

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  g_object_set (entry, "placeholder-text", _ ("Password"), "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Password"), -1);
  g_signal_connect (entry, "unrealize", G_CALLBACK (forget_text_cb), NULL);
  return entry;
}

/* "the server …" → "The server …"; a name that a text begins with stays as it is written: "db.example:5433 wants …". */
static char *
make_sentence (const char *text)
{
  gsize word = strcspn (text, " ");
  gboolean is_name = strcspn (text, ".:/“") < word;

  return g_strdup_printf ("%c%s%s", is_name ? *text : g_ascii_toupper (*text), text + 1, g_str_has_suffix (text, ".") ? "" : ".");
}

/**
 * wb_sign_in_explain:
 * @error: why a database cannot be opened
 *
 * Returns: (transfer full): what is wrong, and on lines of its own what to do about it
 */
char *
wb_sign_in_explain (const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (error != NULL && *error->message != '\0', NULL);

  sentence = make_sentence (error->message);
  return g_strjoin ("\n\n", sentence, wb_db_error_get_hint (error), NULL);
}

/**
 * wb_sign_in_wants_password:
 * @error: why a database cannot be opened
 *
 * Returns: whether another password could help
 */
gboolean
wb_sign_in_wants_password (const GError *error)
{
  const char *sqlstate = wb_db_error_get_sqlstate (error);

  return g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_AUTH) && (sqlstate == NULL || g_str_equal (sqlstate, "28P01"));
}

/**
 * wb_sign_in_new:
 * @parent: (nullable): the window that waits for the database
 * @error: why it cannot be opened
 * @place: what the database is called in front of people
 * @func: gets the answer
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
GtkWidget *
wb_sign_in_new (GtkWindow *parent, const GError *error, const char *place, WbSignInFunc func, gpointer user_data,
                GDestroyNotify destroy)
{
  gboolean password = wb_sign_in_wants_password (error);
  g_autofree char *why = wb_sign_in_explain (error);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", why, place);
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("The database cannot be opened"), body);
  Answer *answer = g_new0 (Answer, 1);

  *answer = (Answer) { func, user_data, destroy };
  if (password)
    adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_password_entry ());
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "quit", _ ("_Quit"), "again",
                                    password ? _ ("_Sign in") : _ ("_Try again"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "again", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "quit");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), answer, free_answer, 0);
  return dialog;
}
