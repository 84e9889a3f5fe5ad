import client.JSON;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a driver says what a call gave. */
final class Cases {
  private Cases() {}

  /** Says what became of each device. */
  static void report(String name, Map<String, ?> results) {
    System.out.println(name + " " + JSON.getGson().toJson(results));
  }

  /** Says what status a refusal has, and what its headers tell of the quota. */
  static void refused(String name, int status, Map<String, List<String>> headers) {
    var values = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    values.putAll(headers);
    var told = new LinkedHashMap<String, Integer>();
    told.put("status", status);
    told.put("limit", Integer.valueOf(values.get("X-RateLimit-Limit").get(0)));
    told.put("remaining", Integer.valueOf(values.get("X-RateLimit-Remaining").get(0)));
    told.put("reset", Integer.valueOf(values.get("X-RateLimit-Reset-Time").get(0)));
    report(name, told);
  }
}
