/*
 * Stands in for libaio.so.1 where the system has none: enough for a server that is told not to use native
 * asynchronous I/O to be loaded. Every call says that the kernel does not know it.
 */
#define NOT_IMPLEMENTED (-38)

int io_setup(int events, void **context) { return NOT_IMPLEMENTED; }
int io_submit(void *context, long count, void **blocks) { return NOT_IMPLEMENTED; }
int io_getevents(void *context, long least, long most, void *events, void *timeout) { return NOT_IMPLEMENTED; }
