// Typed doors to what libcurl declares variadic, which Swift does not import.
#ifndef PRECIS_CURL_SHIMS_H
#define PRECIS_CURL_SHIMS_H

#include <curl/curl.h>
#include <stdint.h>

CURLcode precis_set_long(CURL *_Nonnull easy, CURLoption option, long value);
CURLcode precis_set_offset(CURL *_Nonnull easy, CURLoption option, int64_t value);
/// libcurl copies the text, except that of CURLOPT_POSTFIELDS; NULL sets the option back.
CURLcode precis_set_string(CURL *_Nonnull easy, CURLoption option, const char *_Nullable value);
CURLcode precis_set_pointer(CURL *_Nonnull easy, CURLoption option, void *_Nullable value);
/// libcurl does not copy the list: it must live until the transfer is over or the option is set anew.
CURLcode precis_set_list(CURL *_Nonnull easy, CURLoption option, struct curl_slist *_Nullable value);
/// CURLOPT_WRITEFUNCTION or CURLOPT_HEADERFUNCTION.
CURLcode precis_set_write(CURL *_Nonnull easy, CURLoption option, curl_write_callback _Nonnull value);
CURLcode precis_set_open_socket(CURL *_Nonnull easy, curl_opensocket_callback _Nonnull value);

long precis_get_long(CURL *_Nonnull easy, CURLINFO info);
int64_t precis_get_offset(CURL *_Nonnull easy, CURLINFO info);
const char *_Nullable precis_get_string(CURL *_Nonnull easy, CURLINFO info);
void *_Nullable precis_get_private(CURL *_Nonnull easy);

CURLMcode precis_multi_set_long(CURLM *_Nonnull multi, CURLMoption option, long value);
CURLMcode precis_multi_set_callbacks(
    CURLM *_Nonnull multi, curl_socket_callback _Nonnull socket, curl_multi_timer_callback _Nonnull timer,
    void *_Nonnull context);

/// The result of a CURLMSG_DONE message: a member of a union.
CURLcode precis_message_result(const CURLMsg *_Nonnull message);

#endif
