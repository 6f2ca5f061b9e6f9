package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a deal has not come further: what is missing, who has to say it, and who was asked. */
@RestController
class WhyController {

    private final WhyAnswers answers;

    private final DealNames names;

    WhyController(WhyAnswers answers, DealNames names) {
        this.answers = answers;
        this.names = names;
    }

    @Operation(summary = "What is missing for stages of a deal, by its id or the key of any of its objects")
    @GetMapping("/masterdeal/{id}/why")
    WhyView why(
            @Parameter(description = "Id of the deal, or the key of any of its objects") @PathVariable String id,
            @Parameter(
                            description = "A stage, or 'all'; if it is left out, the gaps and the next stage whose"
                                    + " condition does not hold")
                    @RequestParam(required = false)
                    @Nullable
                    String stage) {
        return answers.why(names.only(id), Page.text(stage));
    }
}
