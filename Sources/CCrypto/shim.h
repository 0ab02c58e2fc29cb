// SHA256_Init and its like: OpenSSL 3 calls them deprecated, and they hash a short text in a third of the time of EVP_Digest*.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
