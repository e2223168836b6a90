// One node of OpenSearch in this process, which ends with its standard input: whoever started it and is gone
// leaves none behind. java -cp JARS OneNode NAME HOME HTTP-PORT TRANSPORT-PORT,TRANSPORT-PORT... NAME,NAME...
// Its own transport port is the first; any of the names may be elected.
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.common.settings.Settings;

public class OneNode {
    public static void main(String[] given) throws Exception {
        String[] transport = given[3].split(",");
        List<String> seeds = new ArrayList<>();
        for (String port : transport) seeds.add("127.0.0.1:" + port);
        Settings settings = Settings.builder()
            .put("cluster.name", "onrecord-tests")
            .put("node.name", given[0])
            .put("path.home", given[1])
            .put("network.host", "127.0.0.1")
            .put("http.port", given[2])
            .put("http.type", "netty4")
            .put("transport.port", transport[0])
            .put("transport.type", "netty4")
            .putList("discovery.seed_hosts", seeds)
            .putList("cluster.initial_cluster_manager_nodes", List.of(given[4].split(",")))
            // A disk that is nearly full is no matter of a test.
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("indices.breaker.total.use_real_memory", false) // it counts garbage, of which there is much
            .build();
        Plugged node = new Plugged(settings, Path.of(given[1], "config"), given[0]);
        node.start();
        while (System.in.read() >= 0) { }
        node.close();
        System.exit(0);
    }
}
