// A node with the plugins of its own distribution, as OpenSearch 3 makes one: no promise of its authors.
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.join.ParentJoinModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

class Plugged extends Node {
    private static final Stream<Class<? extends Plugin>> PLUGINS = Stream.of(
        Netty4ModulePlugin.class, ReindexModulePlugin.class, CommonAnalysisModulePlugin.class,
        PainlessModulePlugin.class, ParentJoinModulePlugin.class);

    Plugged(Settings settings, Path config, String name) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> name),
            PLUGINS.map(Class::getName).map(Plugged::described).toList(),
            false);
    }

    private static PluginInfo described(String plugin) {
        return new PluginInfo(plugin, "", "1", Version.CURRENT, "21", plugin, null, List.of(), false);
    }
}
