/* The yardstick for whole logs: one loop over the rows, three service times of each ticket. */
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const int64_t *counts;
    int64_t zero;
    uint64_t slot;
} table_t;

static inline int64_t served(const table_t *t, int64_t at) {
    const uint64_t since = (uint64_t)(at - t->zero);
    const uint64_t count = (uint64_t)t->counts[since / t->slot];
    return (int64_t)(count + since < count ? count + since : count);
}

/* automatic: bits, as Arrow keeps them; classes: by sort; 1 asks, 2 answers or ends, 4 the desk's turn, 8 nobody's or the customer's. */
size_t three_clocks(const int64_t *ticket, const int64_t *at, const uint8_t *event,
                    const uint8_t *role, const uint8_t *automatic, const uint8_t *bases, size_t rows, const uint8_t *classes,
                    int64_t now, const int64_t *counts, int64_t zero, int64_t slot,
                    int64_t *first, int64_t *longest, int64_t *work) {
    const table_t t = {counts, zero, (uint64_t)slot};
    const int64_t end = served(&t, now);
    size_t found = 0, i = 0;
    while (i < rows) {
        const int64_t id = ticket[i];
        int64_t response = -1, most = 0, busy = 0, asked = -1, since = -1;
        for (; i < rows && ticket[i] == id; i++) {
            const uint8_t sort = (uint8_t)(bases[event[i]] + role[i] + 4 * (automatic[i >> 3] >> (i & 7) & 1));
            const uint8_t class = classes[sort];
            if (!class) continue;
            int64_t here = -1;
            if (class & 1) {
                if (asked < 0) asked = here = served(&t, at[i]);
            } else if ((class & 2) && asked >= 0) {
                if (here < 0) here = served(&t, at[i]);
                const int64_t wait = here - asked;
                if (response < 0) response = wait;
                if (wait > most) most = wait;
                asked = -1;
            }
            if (class & 4) {
                if (since < 0) since = here < 0 ? served(&t, at[i]) : here;
            } else if ((class & 8) && since >= 0) {
                if (here < 0) here = served(&t, at[i]);
                busy += here - since;
                since = -1;
            }
        }
        if (asked >= 0) {
            const int64_t wait = end - asked;
            if (response < 0) response = wait;
            if (wait > most) most = wait;
        }
        if (since >= 0) busy += end - since;
        first[found] = response;
        longest[found] = most;
        work[found] = busy;
        found++;
    }
    return found;
}
