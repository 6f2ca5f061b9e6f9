package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Lets a request wait until a revision of a deal is stored, for its event may be read before its answer can be. Who waits holds no connection
 * of the database but for one short query at a time.
 */
@Component
class RevisionWait {

    /** How long a request waits. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    /** More requests at once would only keep the readers' connections busy. */
    static final int MOST_WAITING = 100;

    private static final long FIRST_PAUSE_MS = 10;

    private static final long LONGEST_PAUSE_MS = 100;

    private final NamedDeals deals;

    private final int most;

    private final Duration longest;

    private final Semaphore places;

    @Autowired
    RevisionWait(NamedDeals deals) {
        this(deals, MOST_WAITING, LONGEST);
    }

    RevisionWait(NamedDeals deals, int most, Duration longest) {
        this.deals = deals;
        this.most = most;
        this.longest = longest;
        this.places = new Semaphore(most);
    }

    /** How many requests wait now. */
    int waiting() {
        return most - places.availablePermits();
    }

    /**
     * Waits, also for a deal that is not known yet.
     *
     * @param idOrKey the id of the deal, or the key of any of its objects. For a key that names no deal, or several, the wait ends as for one
     *     that is there: whoever looks the deal up says what is wrong
     * @param revision that is to be stored, or a later one; 1 or more
     * @throws Problem if it is not stored in time, or too many requests wait
     */
    void await(String idOrKey, long revision) {
        if (revision < 1) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "revision out of range",
                    "'min_revision' is 1 or more, not " + revision + ".");
        }
        List<NamedDeals.Row> stored = deals.find(idOrKey);
        if (isReached(stored, revision)) {
            return;
        }
        if (!places.tryAcquire()) {
            throw later(
                    "too many requests wait",
                    most + " requests with 'min_revision' wait already. Ask again in a while.",
                    stored);
        }
        try {
            long end = System.nanoTime() + longest.toNanos();
            for (long pause = FIRST_PAUSE_MS;
                    !isReached(stored, revision);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
                if (System.nanoTime() >= end) {
                    throw later("the revision is not stored yet", missing(idOrKey, revision, stored), stored);
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                stored = deals.find(idOrKey);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw later("the service stops", "Ask again in a while.", stored);
        } finally {
            places.release();
        }
    }

    /** A deal that no fact names any more has revisions, too: its last one says so. */
    private static boolean isReached(List<NamedDeals.Row> stored, long revision) {
        long known = stored.stream().filter(NamedDeals.Row::known).count();
        return known > 1
                || stored.stream().anyMatch(deal -> deal.known() == (known == 1) && deal.revision() >= revision);
    }

    private static long newest(List<NamedDeals.Row> stored) {
        return stored.isEmpty() ? 0 : stored.getFirst().revision();
    }

    private String missing(String idOrKey, long revision, List<NamedDeals.Row> stored) {
        long newest = newest(stored);
        return "Revision " + revision + " of '" + idOrKey + "' is not stored after " + longest.toSeconds() + " s: "
                + (newest == 0 ? "the deal is not known yet" : "the newest one is " + newest)
                + ". Ask again in a while; if that does not help, the intake may be behind (GET /intake), or the database was restored"
                + " from a backup that is older than the event.";
    }

    private static Problem later(String title, String detail, List<NamedDeals.Row> stored) {
        Problem problem = new Problem(HttpStatus.SERVICE_UNAVAILABLE, title, detail);
        problem.getHeaders().set("Retry-After", "1");
        problem.getBody().setProperty("stored_revision", newest(stored));
        return problem;
    }
}
