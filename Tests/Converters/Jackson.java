import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import java.io.File;

/** Prints a file of JSON as Jackson's XmlMapper writes its maps and lists. */
public class Jackson {
  public static void main(String[] arguments) throws Exception {
    XmlMapper mapper = new XmlMapper();
    mapper.enable(SerializationFeature.INDENT_OUTPUT);
    Object value = new ObjectMapper().readValue(new File(arguments[0]), Object.class);
    System.out.print(mapper.writeValueAsString(value));
  }
}
