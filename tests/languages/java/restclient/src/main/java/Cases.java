import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** How a driver says what a call gave. */
final class Cases {
  private Cases() {}

  /** Says what became of each device. */
  static void report(String name, Map<String, ?> results) {
    try {
      System.out.println(name + " " + new ObjectMapper().writeValueAsString(results));
    } catch (JsonProcessingException error) {
      throw new IllegalStateException(error);
    }
  }

  /** Says what status a refusal has, and what its headers tell of the quota. */
  static void refused(String name, int status, HttpHeaders headers) {
    var told = new LinkedHashMap<String, Integer>();
    told.put("status", status);
    told.put("limit", Integer.valueOf(headers.getFirst("X-RateLimit-Limit")));
    told.put("remaining", Integer.valueOf(headers.getFirst("X-RateLimit-Remaining")));
    told.put("reset", Integer.valueOf(headers.getFirst("X-RateLimit-Reset-Time")));
    report(name, told);
  }
}
