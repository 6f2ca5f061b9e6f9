package io.masterdeal.routes.endpoints;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileEndpointConfigurer;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.PropertyConfigurer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code file:}, without following symbolic links: otherwise anyone who may drop files could read with the rights of the router.
 */
public final class RouteFileComponent extends FileComponent {

    private static final Logger log = LoggerFactory.getLogger(RouteFileComponent.class);

    /** Folders to which routes usually move the files they have read, and to which we do. */
    private static final List<String> FOLDERS =
            List.of(".camel", ".done", ".error", ".failed", ".not-kept", ".rejected");

    private static final int MAX_LOGGED = 1_000;

    private static final PropertyConfigurer OPTIONS = new FileEndpointConfigurer();

    private final ParameterValues values;

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * @param values the values of parameters
     */
    public RouteFileComponent(ParameterValues values) {
        this.values = values;
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return OPTIONS;
    }

    @Override
    protected GenericFileEndpoint<File> createEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        values.restore(parameters);
        BeanReferences.refuse(parameters, OPTIONS);
        GenericFileEndpoint<File> endpoint = super.createEndpoint(uri, remaining, parameters);
        endpoint.setFilter(this::isNoLink);
        return endpoint;
    }

    /** Whether neither the file nor any folder to which it would be moved is a link. */
    private boolean isNoLink(GenericFile<File> file) {
        Path path = file.getFile().toPath();
        return !isLink(path) && FOLDERS.stream().noneMatch(it -> isLink(path.resolveSibling(it)));
    }

    private boolean isLink(Path path) {
        if (!Files.isSymbolicLink(path)) {
            return false;
        }
        if (logged.size() < MAX_LOGGED && logged.add(path.toString())) {
            log.warn("{} is a link: it is not read, nor is anything moved there", path);
        }
        return true;
    }
}
