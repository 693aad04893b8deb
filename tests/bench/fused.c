/* The yardstick for batches: one loop over the table that the library gathers from. */
#include <stddef.h>
#include <stdint.h>

void fused(const int64_t *start, const int64_t *end, int64_t *out, size_t count,
           const int64_t *table, int64_t zero, int64_t slot) {
    const uint64_t width = (uint64_t)slot;
    for (size_t i = 0; i < count; i++) {
        const uint64_t a = (uint64_t)(start[i] - zero), b = (uint64_t)(end[i] - zero);
        const uint64_t u = (uint64_t)table[a / width], v = (uint64_t)table[b / width];
        const uint64_t before = u + a < u ? u + a : u, after = v + b < v ? v + b : v;
        out[i] = (int64_t)(after - before);
    }
}
