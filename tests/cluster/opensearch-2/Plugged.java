// A node with the plugins of its own distribution, as OpenSearch 2.19 makes one: no promise of its authors.
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.join.ParentJoinPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

class Plugged extends Node {
    private static final List<Class<? extends Plugin>> PLUGINS = List.of(
        Netty4Plugin.class, ReindexPlugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class, ParentJoinPlugin.class);

    Plugged(Settings settings, Path config, String name) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> name), PLUGINS, false);
    }
}
