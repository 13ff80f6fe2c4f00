/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-label-epl.h"
#include "core/wb-label-escpos.h"
#include "core/wb-label-language.h"
#include "core/wb-label-tspl.h"
#include "core/wb-label-zpl.h"

static const struct
{
  const char *name;
  const char *title;
  GBytes *(*encode) (const WbLabel *label, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise, gpointer user_data,
                     GError **error);
} languages[] = {
  [WB_LABEL_ZPL] = { "zpl", "ZPL II", wb_label_to_zpl },
  [WB_LABEL_EPL] = { "epl", "EPL2", wb_label_to_epl },
  [WB_LABEL_TSPL] = { "tspl", "TSPL", wb_label_to_tspl },
  [WB_LABEL_ESCPOS] = { "escpos", "ESC/POS", wb_label_to_escpos },
};

G_STATIC_ASSERT (G_N_ELEMENTS (languages) == WB_LABEL_N_LANGUAGES);

const char *
wb_label_language_get_name (WbLabelLanguage language)
{
  g_return_val_if_fail (language < WB_LABEL_N_LANGUAGES, NULL);

  return languages[language].name;
}

const char *
wb_label_language_get_title (WbLabelLanguage language)
{
  g_return_val_if_fail (language < WB_LABEL_N_LANGUAGES, NULL);

  return languages[language].title;
}

gboolean
wb_label_language_find (const char *name, WbLabelLanguage *language)
{
  g_return_val_if_fail (language != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].name, name) == 0)
      {
        *language = (WbLabelLanguage) i;
        return TRUE;
      }
  return FALSE;
}

GBytes *
wb_label_encode (const WbLabel *self, WbLabelLanguage language, guint dpi, const WbLabelMedia *media, WbLabelRasteriser rasterise,
                 gpointer user_data, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language < WB_LABEL_N_LANGUAGES, NULL);

  if (media != NULL && !wb_label_media_takes (media, self, error))
    return NULL;
  return languages[language].encode (self, dpi, media, rasterise, user_data, error);
}
