package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.masterdeal.service.query.CountsView.Amount;
import io.masterdeal.service.query.CountsView.Group;
import io.masterdeal.service.query.CountsView.Others;
import io.masterdeal.service.query.CountsView.Sums;
import io.masterdeal.service.query.DealCounts.Filter;
import io.masterdeal.service.query.DealCounts.Sum;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Counts deals by what they are. */
@RestController
class CountController {

    private final DealCounts counts;

    CountController(DealCounts counts) {
        this.counts = counts;
    }

    @Operation(
            summary = "How many deals there are, by stage, outcome and fields of their roots",
            description =
                    "Counts by stage and outcome alone are kept, and cost the same whatever is stored. All others read one"
                            + " small row of each deal, within the time that an answer may take (masterdeal.readers.answer, 5 s): 504 if"
                            + " that is not enough. Amounts of different currencies are never added.")
    @GetMapping("/counts")
    CountsView counts(
            @Parameter(
                            description =
                                    "One to three of stage, outcome, client, manager, product, region, currency, separated by"
                                            + " commas")
                    @RequestParam
                    String by,
            @Parameter(description = "true: the sums of amounts too, by currency") @RequestParam(defaultValue = "false")
                    boolean amounts,
            @Parameter(description = "Only deals in this stage") @RequestParam(required = false) @Nullable String stage,
            @Parameter(description = "Only deals with this outcome") @RequestParam(required = false) @Nullable
                    String outcome,
            @Parameter(description = "Only deals whose root's 'client' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String client,
            @Parameter(description = "Only deals whose root's 'manager' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String manager,
            @Parameter(description = "Only deals whose root's 'product' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String product,
            @Parameter(description = "Only deals whose root's 'region' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String region,
            @Parameter(description = "Only deals whose root's 'currency' is this text")
                    @RequestParam(required = false)
                    @Nullable
                    String currency) {
        List<CountDimension> dimensions = CountDimension.read(by);
        FieldFilter fields = new FieldFilter(client, manager, product, region, currency);
        List<Sum> sums = counts.count(dimensions, new Filter(Page.text(stage), Page.text(outcome), fields), amounts);
        List<Group> groups = new ArrayList<>();
        Others others = null;
        for (List<Sum> group : DealCounts.byGroup(sums).values()) {
            Sums of = sums(group, amounts);
            Sum first = group.getFirst();
            if (first.place() > DealCounts.MOST_GROUPS) {
                long last = group.stream().mapToLong(Sum::lastPlace).max().orElse(0);
                others = new Others(last - DealCounts.MOST_GROUPS, of.deals(), of.amounts(), of.withoutAmount());
            } else {
                Map<String, @Nullable String> values = new LinkedHashMap<>();
                for (int i = 0; i < dimensions.size(); i++) {
                    values.put(dimensions.get(i).text(), first.values().get(i));
                }
                groups.add(new Group(values, of.deals(), of.amounts(), of.withoutAmount()));
            }
        }
        return new CountsView(
                dimensions.stream().map(CountDimension::text).toList(), sums(sums, amounts), groups, others);
    }

    /** What several sums make together: one amount for each currency. */
    private static Sums sums(List<Sum> sums, boolean amounts) {
        long deals = sums.stream().mapToLong(Sum::deals).sum();
        if (!amounts) {
            return new Sums(deals, null, null);
        }
        Map<@Nullable String, Amount> byCurrency = new LinkedHashMap<>();
        for (Sum sum : sums) {
            BigDecimal amount = sum.amount();
            if (amount != null) {
                byCurrency.merge(
                        sum.currency(),
                        new Amount(sum.currency(), sum.withAmount(), amount.toPlainString()),
                        CountController::together);
            }
        }
        long with = sums.stream().mapToLong(Sum::withAmount).sum();
        return new Sums(deals, List.copyOf(byCurrency.values()), deals - with);
    }

    private static Amount together(Amount one, Amount other) {
        String sum =
                new BigDecimal(one.amount()).add(new BigDecimal(other.amount())).toPlainString();
        return new Amount(one.currency(), one.deals() + other.deals(), sum);
    }
}
