// Typed doors to what libmicrohttpd declares variadic, which Swift does not import.
#ifndef PRECIS_MICROHTTPD_SHIMS_H
#define PRECIS_MICROHTTPD_SHIMS_H

#include <microhttpd.h>
#include <stddef.h>

/// A daemon without threads of its own that serves `listen_fd`; NULL where it cannot start.
/// The caller watches `precis_mhd_epoll_fd` and calls MHD_run.
struct MHD_Daemon *_Nullable precis_mhd_start(
    int listen_fd, MHD_AccessHandlerCallback _Nonnull handler, MHD_RequestCompletedCallback _Nonnull completed,
    void *_Nonnull context, unsigned timeout_seconds, unsigned connection_limit, size_t memory_limit);

/// The epoll descriptor that becomes readable when MHD_run has work; -1 where there is none.
int precis_mhd_epoll_fd(struct MHD_Daemon *_Nonnull daemon);

/// How many connections are open.
unsigned precis_mhd_connections(struct MHD_Daemon *_Nonnull daemon);

#endif
