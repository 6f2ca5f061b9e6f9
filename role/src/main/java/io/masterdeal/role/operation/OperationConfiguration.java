package io.masterdeal.role.operation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Operations in a role, which brings {@link OperationParts} and an {@link OperationWork}. */
@Configuration(proxyBeanMethods = false)
@Import({OperationController.class, OperatorActionController.class})
public class OperationConfiguration {

    @Bean
    Operations operations(OperationParts parts) {
        return new Operations(parts.actions());
    }

    @Bean
    OperationJobs operationJobs(OperationParts parts, Operations operations, OperationWork work) {
        return new OperationJobs(parts.transactions(), operations, work);
    }
}
