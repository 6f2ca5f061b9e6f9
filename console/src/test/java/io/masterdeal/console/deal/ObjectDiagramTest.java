package io.masterdeal.console.deal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class ObjectDiagramTest {

    private static final String ROOT = "crm:deal:D-1";

    private final ArrayNode objects = JsonMapper.shared().createArrayNode();
    private final ArrayNode links = JsonMapper.shared().createArrayNode();

    private void object(String key) {
        objects.addObject()
                .put("key", key)
                .put("kind", ObjectNames.kind(key))
                .put("status", "S")
                .put("deals", 1);
    }

    private void link(String child, String parent) {
        links.addObject().put("child", child).put("parent", parent);
    }

    @Test
    void the_nearest_objects_come_first() {
        // given
        List.of("docflow:contract:K-1", ROOT, "legal:case:C-1", "media:mediaplan:M-1")
                .forEach(this::object);
        link("docflow:contract:K-1", ROOT);
        link("legal:case:C-1", "docflow:contract:K-1");

        // when
        ObjectDiagram graph = ObjectDiagram.of(ROOT, objects, links);

        // then
        assertThat(graph.nodes())
                .extracting(ObjectDiagram.Node::key)
                .as("what no link reaches is the farthest")
                .containsExactly(ROOT, "docflow:contract:K-1", "legal:case:C-1", "media:mediaplan:M-1");
        assertThat(graph.nodes().getFirst().root()).isTrue();
        assertThat(graph.edges()).hasSize(2);
        assertThat(graph.collapsed()).isFalse();
    }

    @Test
    void many_objects_are_collapsed_by_kind_and_distance() {
        // given
        object(ROOT);
        for (int i = 0; i < 500; i++) {
            object("dcm:invoice:I-" + i);
            link("dcm:invoice:I-" + i, ROOT);
            object("dcm:act:A-" + i);
            link("dcm:act:A-" + i, "dcm:invoice:I-" + i);
        }

        // when
        ObjectDiagram graph = ObjectDiagram.of(ROOT, objects, links);

        // then
        assertThat(graph.collapsed()).isTrue();
        assertThat(graph.nodes()).extracting(ObjectDiagram.Node::count).containsExactly(1, 500, 500);
        assertThat(graph.edges()).hasSize(2);
    }

    @Test
    void links_in_a_circle_end() {
        object(ROOT);
        object("a:b:1");
        object("a:b:2");
        link("a:b:1", ROOT);
        link("a:b:2", "a:b:1");
        link(ROOT, "a:b:2");

        ObjectDiagram graph = ObjectDiagram.of(ROOT, objects, links);

        assertThat(graph.nodes()).hasSize(3);
        assertThat(graph.edges()).hasSize(3);
    }
}
