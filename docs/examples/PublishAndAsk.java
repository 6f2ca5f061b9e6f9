import io.masterdeal.client.ApiKey;
import io.masterdeal.client.ClientSettings;
import io.masterdeal.client.CloudEvent;
import io.masterdeal.client.DealClient;
import io.masterdeal.client.EventClient;
import io.masterdeal.client.PublishResult;
import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Publishes two events over HTTP with the key of their domain, and asks where the deal stands. What the gateway cannot take at the moment is
 * sent again by the client; docs/connect-a-system.md tells when.
 *
 * <p>Run it from the project's folder, once that is built:
 * {@code java -cp 'app/target/distribution/lib/*' docs/examples/PublishAndAsk.java GATEWAY-URL SERVICE-URL KEY-FILE}
 */
final class PublishAndAsk {

    private PublishAndAsk() {}

    public static void main(String[] args) throws InterruptedException {
        ApiKey key = ApiKey.file(Path.of(args[2]));
        ClientSettings gateway = ClientSettings.of(URI.create(args[0]), key).withTimeout(Duration.ofSeconds(10));
        ClientSettings service = ClientSettings.of(URI.create(args[1]), key).withTimeout(Duration.ofSeconds(10));
        try (EventClient events = new EventClient(gateway);
                DealClient deals = new DealClient(service)) {
            String deal = "crm:deal:D-1";
            List<PublishResult> results = events.publish(List.of(
                    CloudEvent.create("crm.deal.created", deal, Instant.now(), Map.of("client", "Yantar Clinics")),
                    CloudEvent.create("crm.brief.submitted", deal, Instant.now(), Map.of())));
            for (PublishResult result : results) {
                switch (result) {
                    case Accepted accepted -> System.out.println("accepted: " + accepted.topic());
                    case Rejected rejected ->
                        System.out.println("rejected: " + rejected.problem().summary());
                    case Undecided undecided -> throw undecided.cause();
                }
            }
            System.out.println(deals.find(deal)
                    .map(found -> found.path("stage").asString())
                    .orElse("not known yet"));
        }
    }
}
