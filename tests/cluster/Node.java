/**
 * One node of a cluster: java -cp "lib/*:." Node FOLDER HTTP_PORT TRANSPORT_PORT NAME SEEDS NAMES [SETTING=VALUE]...
 *
 * SEEDS are the transport addresses of all nodes, NAMES their names, each parted by commas. It listens on loopback, unless
 * network.host is given.
 */

import java.util.Arrays;
import org.codelibs.opensearch.runner.OpenSearchRunner;

public class Node {
  public static void main(String[] arguments) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild((number, settings) -> {
      settings.put("network.host", "127.0.0.1");
      settings.put("http.port", arguments[1]);
      settings.put("transport.port", arguments[2]);
      settings.put("node.name", arguments[3]);
      settings.put("discovery.type", "zen");
      settings.putList("discovery.seed_hosts", Arrays.asList(arguments[4].split(",")));
      settings.putList("cluster.initial_cluster_manager_nodes", Arrays.asList(arguments[5].split(",")));
      settings.putList("node.roles", Arrays.asList("cluster_manager", "data", "ingest"));
      settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
      for (String setting : Arrays.copyOfRange(arguments, 6, arguments.length)) {
        String[] parts = setting.split("=", 2);
        settings.put(parts[0], parts[1]);
      }
    });
    runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).numOfNode(1).clusterName("khonha"));
    // Whoever started it holds its input open, and need not live to end it.
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }
}
