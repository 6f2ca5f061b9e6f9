package io.masterdeal.sandbox.actor;

import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The terms of a deal.
 *
 * @param client name of the client
 * @param title of the campaign
 * @param amount decimal number as text
 * @param currency three letters
 * @param owner the seller
 */
public record DealTerms(String client, String title, String amount, String currency, String owner) {
    private static final List<String> CLIENTS = List.of(
            "Severny Les Furniture",
            "Kapitan Yachts",
            "Polyana Dairies",
            "Zarya Optics",
            "Mayak Travel",
            "Rodnik Waters",
            "Vershina Sports",
            "Tikhaya Gavan Hotels",
            "Gorod Bikes",
            "Lukomorye Books",
            "Stekloduv Glass",
            "Pchela Apiaries");
    private static final List<String> CAMPAIGNS =
            List.of("spring launch", "brand awareness", "season sale", "new region", "app installs", "loyalty");
    private static final List<String> OWNERS = List.of("a.sokolova", "d.petrenko", "m.orlov", "k.lee", "s.novak");

    /**
     * The terms of a deal.
     *
     * @param deal whose seed decides
     * @return the same for deals with the same seed
     */
    public static DealTerms of(SimulatedDeal deal) {
        Random random = deal.random("terms");
        String client = CLIENTS.get(random.nextInt(CLIENTS.size()));
        String campaign = CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size()));
        String amount = Integer.toString(100_000 + random.nextInt(400) * 12_500);
        String owner = OWNERS.get(random.nextInt(OWNERS.size()));
        return new DealTerms(client, client + ", " + campaign, amount, "RUB", owner);
    }

    /**
     * The money.
     *
     * @return client, amount and currency as attributes
     */
    public Map<String, String> money() {
        return Map.of("client", client, "amount", amount, "currency", currency);
    }
}
