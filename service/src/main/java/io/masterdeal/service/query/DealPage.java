package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masterdeal.role.http.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deals by page, or those that were named. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DealPage(
        List<DealView> items,

        @Schema(description = "Give it as 'cursor' to go on; absent on the last page") @Nullable
        String next,

        @Schema(
                description =
                        "Of the deals asked for with 'id' those that are not known; absent if none were asked for so")
        @Nullable
        List<String> missing) {

    static DealPage of(Page<DealView> page) {
        return new DealPage(page.items(), page.next(), null);
    }
}
