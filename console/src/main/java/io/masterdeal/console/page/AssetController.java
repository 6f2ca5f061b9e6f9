package io.masterdeal.console.page;

import io.masterdeal.console.access.WithoutLogin;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Sends the files that pages load, to anyone: there is nothing secret in them. */
@RestController
class AssetController {

    private static final CacheControl A_YEAR =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    @WithoutLogin
    @GetMapping("/assets/{hash}/{*name}")
    ResponseEntity<byte[]> asset(@PathVariable String hash, @PathVariable String name) {
        Assets.Asset asset = Assets.find(name.substring(1));
        if (asset == null) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .cacheControl(asset.hash().equals(hash) ? A_YEAR : CacheControl.noCache())
                .contentType(type(name))
                .body(asset.bytes());
    }

    private static MediaType type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "js" -> MediaType.parseMediaType("text/javascript;charset=UTF-8");
            case "css" -> MediaType.parseMediaType("text/css;charset=UTF-8");
            case "svg" -> MediaType.parseMediaType("image/svg+xml");
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }
}
