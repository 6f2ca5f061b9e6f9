package io.masterdeal.service.sla;

import io.masterdeal.service.query.DealNames;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What depends on when facts arrived, apart from the clocks, which do not. */
@RestController
class ArrivalController {

    private final ArrivalQueries queries;

    private final DealNames names;

    ArrivalController(ArrivalQueries queries, DealNames names) {
        this.queries = queries;
        this.names = names;
    }

    @Operation(
            summary =
                    "When the facts of a deal arrived and how long its objects were orphans: not reproducible from facts;"
                            + " by its id or the key of any of its objects")
    @GetMapping("/masterdeal/{id}/arrival")
    ArrivalView arrival(@PathVariable String id) {
        return ArrivalView.of(queries.report(names.only(id)));
    }
}
