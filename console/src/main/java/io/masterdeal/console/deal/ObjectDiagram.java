package io.masterdeal.console.deal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The objects of a deal as a picture: the root at the left, then those linked to it, and so on. With many objects those of one kind at one
 * distance are one box. Lengths are in units of the picture.
 *
 * @param width of the picture
 * @param height of the picture
 * @param nodes the boxes
 * @param edges the lines between them
 * @param collapsed whether boxes stand for several objects
 */
public record ObjectDiagram(int width, int height, List<Node> nodes, List<Edge> edges, boolean collapsed) {

    /** More objects are collapsed by kind. */
    static final int MOST_SINGLE = 40;

    /** The width of a box. */
    public static final int BOX = 250;

    /** The height of a box. */
    public static final int TALL = 42;

    private static final int COLUMN = 302;
    private static final int LINE = 52;

    /**
     * A box.
     *
     * @param key of the object, or its kind if the box stands for several
     * @param kind of the object
     * @param status of the object; empty if it has none or the box stands for several
     * @param count how many objects it stands for
     * @param deals to how many deals the object belongs
     * @param root whether it is the root of the deal
     */
    public record Node(int x, int y, String key, String kind, String status, int count, int deals, boolean root) {}

    /** A line from one box to another. */
    public record Edge(int x1, int y1, int x2, int y2) {}

    private record Item(String key, String kind, String status, int deals) {}

    /**
     * Draws objects.
     *
     * @param root key of the root
     * @param objects as the service lists them
     * @param links as the service lists them
     */
    static ObjectDiagram of(String root, Iterable<JsonNode> objects, Iterable<JsonNode> links) {
        Map<String, Item> items = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            String key = object.path("key").asString("");
            String kind = object.path("kind").asString(ObjectNames.kind(key));
            items.put(
                    key,
                    new Item(
                            key,
                            kind,
                            object.path("status").asString(""),
                            object.path("deals").asInt(1)));
        }
        Map<String, Set<String>> near = neighbours(items, links);
        Map<String, Integer> distances = distances(root, items, near);
        return items.size() > MOST_SINGLE
                ? draw(collapsed(root, items, distances), near, distances, true)
                : draw(single(root, items), near, distances, false);
    }

    private static Map<String, Set<String>> neighbours(Map<String, Item> items, Iterable<JsonNode> links) {
        Map<String, Set<String>> near = new HashMap<>();
        for (JsonNode link : links) {
            String child = link.path("child").asString("");
            String parent = link.path("parent").asString("");
            if (items.containsKey(child) && items.containsKey(parent)) {
                near.computeIfAbsent(child, _ -> new LinkedHashSet<>()).add(parent);
                near.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(child);
            }
        }
        return near;
    }

    /** The number of links from the root; objects that no known link reaches are the farthest. */
    private static Map<String, Integer> distances(String root, Map<String, Item> items, Map<String, Set<String>> near) {
        Map<String, Integer> distances = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(root));
        distances.put(root, 0);
        int farthest = 0;
        while (!next.isEmpty()) {
            String key = next.remove();
            for (String other : near.getOrDefault(key, Set.of())) {
                if (!distances.containsKey(other)) {
                    farthest = distances.getOrDefault(key, 0) + 1;
                    distances.put(other, farthest);
                    next.add(other);
                }
            }
        }
        int beyond = farthest + 1;
        items.keySet().forEach(key -> distances.putIfAbsent(key, beyond));
        return distances;
    }

    private static Map<String, List<Item>> single(String root, Map<String, Item> items) {
        Map<String, List<Item>> boxes = new LinkedHashMap<>();
        items.values().forEach(item -> boxes.put(item.key().equals(root) ? "" : item.key(), List.of(item)));
        return boxes;
    }

    private static Map<String, List<Item>> collapsed(
            String root, Map<String, Item> items, Map<String, Integer> distances) {
        Map<String, List<Item>> boxes = new LinkedHashMap<>();
        for (Item item : items.values()) {
            String box = item.key().equals(root) ? "" : distances.get(item.key()) + " " + item.kind();
            boxes.computeIfAbsent(box, _ -> new ArrayList<>()).add(item);
        }
        return boxes;
    }

    private static ObjectDiagram draw(
            Map<String, List<Item>> boxes,
            Map<String, Set<String>> near,
            Map<String, Integer> distances,
            boolean collapsed) {
        Map<Integer, List<Map.Entry<String, List<Item>>>> columns = new TreeMap<>();
        boxes.entrySet()
                .forEach(box -> columns.computeIfAbsent(
                                distances.get(box.getValue().getFirst().key()), _ -> new ArrayList<>())
                        .add(box));
        Map<String, Node> placed = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        int column = 0;
        int tallest = 1;
        for (var boxesOfColumn : columns.values()) {
            boxesOfColumn.sort(Comparator.comparingDouble(
                            (Map.Entry<String, List<Item>> box) -> height(box.getValue(), near, placed))
                    .thenComparing(box -> box.getValue().getFirst().key()));
            for (int line = 0; line < boxesOfColumn.size(); line++) {
                var box = boxesOfColumn.get(line);
                Node node = node(
                        box.getValue(),
                        column * COLUMN + 1,
                        line * LINE + 4,
                        box.getKey().isEmpty());
                nodes.add(node);
                box.getValue().forEach(item -> placed.put(item.key(), node));
            }
            tallest = Math.max(tallest, boxesOfColumn.size());
            column++;
        }
        int width = Math.max(1, column) * COLUMN - (COLUMN - BOX) + 2;
        return new ObjectDiagram(width, tallest * LINE + 4, nodes, edges(placed, near), collapsed);
    }

    /** A box stands near those of the column before that it is linked to, so that few lines cross. */
    private static double height(List<Item> items, Map<String, Set<String>> near, Map<String, Node> placed) {
        return items.stream()
                .flatMap(item -> near.getOrDefault(item.key(), Set.of()).stream())
                .map(placed::get)
                .filter(Objects::nonNull)
                .mapToInt(Node::y)
                .average()
                .orElse(Integer.MAX_VALUE);
    }

    private static Node node(List<Item> items, int x, int y, boolean root) {
        Item first = items.getFirst();
        boolean one = items.size() == 1;
        return new Node(
                x,
                y,
                one ? first.key() : first.kind(),
                first.kind(),
                one ? first.status() : "",
                items.size(),
                one ? first.deals() : 1,
                root);
    }

    private static List<Edge> edges(Map<String, Node> placed, Map<String, Set<String>> near) {
        Set<Edge> edges = new LinkedHashSet<>();
        near.forEach((key, others) -> {
            Node from = placed.get(key);
            for (String other : others) {
                Node to = placed.get(other);
                if (from == null || to == null || from.equals(to) || from.x() > to.x()) {
                    continue;
                }
                if (from.x() == to.x()) {
                    if (from.y() < to.y()) {
                        edges.add(new Edge(from.x() + BOX, middle(from), to.x() + BOX, middle(to)));
                    }
                } else {
                    edges.add(new Edge(from.x() + BOX, middle(from), to.x(), middle(to)));
                }
            }
        });
        return List.copyOf(edges);
    }

    private static int middle(Node node) {
        return node.y() + TALL / 2;
    }
}
