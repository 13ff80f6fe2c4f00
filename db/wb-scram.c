/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-db"

#include "config.h"

#include <string.h>
#include <sys/random.h>

#include "db/wb-scram-private.h"

#define KEY_LENGTH 32
#define SALT_LENGTH 16
#define ITERATIONS 4096

static void
compute_hmac (const guint8 *key,
              gsize key_length,
              const void *data,
              gsize length,
              const void *more,
              gsize more_length,
              guint8 out[KEY_LENGTH])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize out_length = KEY_LENGTH;

  g_hmac_update (hmac, data, (gssize) length);
  if (more_length > 0)
    g_hmac_update (hmac, more, (gssize) more_length);
  g_hmac_get_digest (hmac, out, &out_length);
}

/* PBKDF2 with one block. */
static void
salt_password (const char *password, const guint8 *salt, gsize salt_length, guint8 out[KEY_LENGTH])
{
  static const guint8 first_block[4] = { 0, 0, 0, 1 };
  const guint8 *key = (const guint8 *) password;
  gsize key_length = strlen (password);
  guint8 step[KEY_LENGTH];

  compute_hmac (key, key_length, salt, salt_length, first_block, sizeof first_block, step);
  memcpy (out, step, KEY_LENGTH);
  for (guint i = 1; i < ITERATIONS; i++)
    {
      compute_hmac (key, key_length, step, KEY_LENGTH, NULL, 0, step);
      for (guint b = 0; b < KEY_LENGTH; b++)
        out[b] ^= step[b];
    }
}

static void
hash (const guint8 in[KEY_LENGTH], guint8 out[KEY_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = KEY_LENGTH;

  g_checksum_update (checksum, in, KEY_LENGTH);
  g_checksum_get_digest (checksum, out, &length);
}

char *
_wb_scram_make_verifier (const char *password, const guint8 *salt, gsize salt_length)
{
  /* What SASLprep comes to for what people type. */
  g_autofree char *prepared = g_utf8_normalize (password, -1, G_NORMALIZE_NFKC);
  guint8 random_salt[SALT_LENGTH] = { 0 };
  guint8 salted[KEY_LENGTH], key[KEY_LENGTH], stored[KEY_LENGTH], server[KEY_LENGTH];
  g_autofree char *salt_text = NULL;
  g_autofree char *stored_text = NULL;
  g_autofree char *server_text = NULL;

  if (salt == NULL)
    {
      if (getrandom (random_salt, sizeof random_salt, 0) != (gssize) sizeof random_salt)
        return NULL;
      salt = random_salt;
      salt_length = sizeof random_salt;
    }
  salt_password (prepared != NULL ? prepared : password, salt, salt_length, salted);
  compute_hmac (salted, KEY_LENGTH, "Client Key", strlen ("Client Key"), NULL, 0, key);
  hash (key, stored);
  compute_hmac (salted, KEY_LENGTH, "Server Key", strlen ("Server Key"), NULL, 0, server);

  salt_text = g_base64_encode (salt, salt_length);
  stored_text = g_base64_encode (stored, KEY_LENGTH);
  server_text = g_base64_encode (server, KEY_LENGTH);
  return g_strdup_printf ("SCRAM-SHA-256$%d:%s$%s:%s", ITERATIONS, salt_text, stored_text,
                          server_text);
}
