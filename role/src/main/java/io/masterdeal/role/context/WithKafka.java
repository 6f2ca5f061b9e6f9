package io.masterdeal.role.context;

import io.masterdeal.role.kafka.KafkaConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Lets a role work with events in Kafka, by what {@link KafkaConfiguration} makes. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(KafkaConfiguration.class)
public @interface WithKafka {}
