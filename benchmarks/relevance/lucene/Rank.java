import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Rank FOLDER LANGUAGE: documents.tsv and topics.tsv in, any.tsv (OR) and all.tsv (AND) out.
 * Lucene's default BM25, a word asked twice counts twice, 1,000 deep.
 */
public class Rank {
  private static final int DEPTH = 1000;
  private static final String TEXT = "text";
  private static final String NAME = "name";

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Analyzer analyzer = analyzerOf(arguments.length > 1 ? arguments[1] : "");
    IndexSearcher.setMaxClauseCount(4096);
    try (Directory directory = new ByteBuffersDirectory()) {
      index(folder.resolve("documents.tsv"), directory, analyzer);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        ask(folder, "any.tsv", searcher, analyzer, Occur.SHOULD);
        ask(folder, "all.tsv", searcher, analyzer, Occur.MUST);
      }
    }
  }

  private static Analyzer analyzerOf(String language) {
    switch (language) {
      case "ar": return new ArabicAnalyzer();
      case "de": return new GermanAnalyzer();
      case "en": return new EnglishAnalyzer();
      case "es": return new SpanishAnalyzer();
      case "fr": return new FrenchAnalyzer();
      case "ru": return new RussianAnalyzer();
      case "zh": return new CJKAnalyzer();
      default: return new StandardAnalyzer();
    }
  }

  private static void index(Path documents, Directory directory, Analyzer analyzer) throws Exception {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        BufferedReader lines = Files.newBufferedReader(documents)) {
      for (String line; (line = lines.readLine()) != null; ) {
        String[] cells = line.split("\t", 2);
        Document document = new Document();
        document.add(new StoredField(NAME, cells[0]));
        document.add(new TextField(TEXT, cells[1], Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static void ask(Path folder, String out, IndexSearcher searcher, Analyzer analyzer, Occur occur)
      throws Exception {
    try (BufferedReader topics = Files.newBufferedReader(folder.resolve("topics.tsv"));
        PrintWriter found = new PrintWriter(Files.newBufferedWriter(folder.resolve(out)))) {
      for (String line; (line = topics.readLine()) != null; ) {
        String[] cells = line.split("\t", 2);
        StringBuilder row = new StringBuilder(cells[0]);
        for (ScoreDoc hit : searcher.search(query(cells[1], analyzer, occur), DEPTH).scoreDocs) {
          row.append('\t').append(searcher.storedFields().document(hit.doc).get(NAME));
        }
        found.append(row).append('\n');
      }
    }
  }

  private static Query query(String words, Analyzer analyzer, Occur occur) throws Exception {
    Map<String, Integer> counted = new LinkedHashMap<>();
    try (TokenStream tokens = analyzer.tokenStream(TEXT, words)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        counted.merge(term.toString(), 1, Integer::sum);
      }
      tokens.end();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (Map.Entry<String, Integer> word : counted.entrySet()) {
      query.add(new BoostQuery(new TermQuery(new Term(TEXT, word.getKey())), word.getValue()), occur);
    }
    return query.build();
  }
}
