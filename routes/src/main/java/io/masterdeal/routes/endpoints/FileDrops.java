package io.masterdeal.routes.endpoints;

import java.io.File;
import java.nio.file.Files;
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
 * {@code file:}, but symbolic links are not read: who may drop files would else read with the rights of the router.
 */
public final class FileDrops extends FileComponent {

    private static final Logger log = LoggerFactory.getLogger(FileDrops.class);

    private static final int MOST_KNOWN = 1_000;

    private static final PropertyConfigurer OPTIONS = new FileEndpointConfigurer();

    private final Values values;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param values of parameters
     */
    public FileDrops(Values values) {
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
        References.refuse(parameters, OPTIONS);
        GenericFileEndpoint<File> endpoint = super.createEndpoint(uri, remaining, parameters);
        endpoint.setFilter(this::isNoLink);
        return endpoint;
    }

    private boolean isNoLink(GenericFile<File> file) {
        if (!Files.isSymbolicLink(file.getFile().toPath())) {
            return true;
        }
        if (told.size() < MOST_KNOWN && told.add(file.getAbsoluteFilePath())) {
            log.warn("{} is a link, and links are not read", file.getAbsoluteFilePath());
        }
        return false;
    }
}
