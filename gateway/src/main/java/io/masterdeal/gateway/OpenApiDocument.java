package io.masterdeal.gateway;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the description of the gateway's API. */
@RestController
final class OpenApiDocument {
    private static final String RESOURCE = "openapi/gateway.yaml";

    /** The API by OpenAPI 3.1. */
    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(new ClassPathResource(RESOURCE));
    }
}
