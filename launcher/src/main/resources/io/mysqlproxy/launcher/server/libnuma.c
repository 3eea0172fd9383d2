/* Stands in for libnuma.so.1 where the system has none: says that there is no NUMA, after which nothing else is called. */
int numa_available(void) { return -1; }

void *numa_alloc_local(unsigned long size) { return 0; }
void numa_free(void *memory, unsigned long size) {}
long mbind(void *start, unsigned long length, int mode, const unsigned long *nodes, unsigned long most, unsigned flags) { return -1; }
long set_mempolicy(int mode, const unsigned long *nodes, unsigned long most) { return -1; }
void *numa_get_mems_allowed(void) { return 0; }
void numa_bitmask_free(void *mask) {}
