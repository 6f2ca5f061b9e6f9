package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a deal and the links between them, by page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectsView(
        @Schema(description = "Key of the CRM deal, which is always one of the objects")
        String root,

        @Schema(description = "How many objects the deal has")
        int total,

        @Schema(description = "The objects of this page, in the order of their keys")
        List<NodeView> items,

        @Schema(description = "The links from the objects of this page to any object of the deal")
        List<LinkView> links,

        @Schema(description = "Whether a list of this page was cut: links, or attributes of an object")
        boolean truncated,

        @Schema(description = "Give it as 'cursor' to go on; absent on the last page") @Nullable
        String next) {

    /** An object. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NodeView(
            String key,

            @Schema(description = "Domain and kind: docflow:contract")
            String kind,

            @Schema(description = "Absent if no fact gave it one") @Nullable
            String status,

            @Schema(description = "When the fact with this status happened, UTC") @Nullable
            String since,

            @Schema(description = "Id of the fact with this status") @JsonProperty("status_fact") @Nullable
            String statusFact,

            @Schema(
                    description =
                            "Of each attribute the newest value, cut to 200 characters: the first 50 by name of those in the"
                                    + " newest 100 facts")
            Map<String, String> attributes,

            @Schema(description = "How many deals it belongs to, at most 1000")
            int deals,

            @Schema(description = "True: it belongs to more; absent otherwise") @JsonProperty("more_deals") @Nullable
            Boolean moreDeals,

            @Schema(description = "How many facts it has, without the retracted, at most 1000")
            int facts,

            @Schema(description = "True: it has more; absent otherwise") @JsonProperty("more_facts") @Nullable
            Boolean moreFacts) {}

    /** A link between two objects of the deal. */
    record LinkView(
            @Schema(description = "Key of the object that belongs to the other")
            String child,

            @Schema(description = "Key of the object it belongs to")
            String parent,

            @Schema(description = "link, or master_deal_id if the facts name the deal by its id")
            String by,

            @Schema(description = "Ids of facts that name it: the first 5 in time, of the object's first 200 facts")
            List<String> facts) {}
}
