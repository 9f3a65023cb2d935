-- +goose Up

-- For what moderators look for: somebody's conduct, articles, dates,
-- states.
CREATE INDEX comments_conduct ON comments (member_id, state, created_at);
CREATE INDEX comments_article ON comments (article_id, created_at, id);
CREATE INDEX comments_newest ON comments (created_at, id);
CREATE INDEX comments_removed_newest ON comments (created_at, id) WHERE state = 'removed';
CREATE INDEX comments_deleted_newest ON comments (created_at, id) WHERE state = 'deleted';

-- The words of a text, folded to small letters, Latin ones without accents, and
-- with a space for everything else: what the tokens of the other database are
-- made of. The letters beyond ASCII are listed because under the C locale,
-- which sorts as we need, lower() leaves them alone.
-- +goose StatementBegin
CREATE FUNCTION comment_fold(body TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.lower(pg_catalog.translate(
        pg_catalog.regexp_replace(
            pg_catalog.normalize(pg_catalog.regexp_replace(
                pg_catalog.normalize(body, 'NFD'), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), 'NFC'),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u245f\u2500-\u2bff\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe6f\ufeff\uff01-\uff0f\U0001f000-\U0001faff]+', ' ', 'g'),
        'ÆÐØÞĐĦĲĿŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǄǇǊǢǤǮǱǶǷǼǾȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫϏϘϚϜϞϠϢϤϦϨϪϬϮϴϷϹϺϽϾϿЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖẞỺỼỾἈἉἊἋἌἍἎἏἘἙἚἛἜἝἨἩἪἫἬἭἮἯἸἹἺἻἼἽἾἿὈὉὊὋὌὍὙὛὝὟὨὩὪὫὬὭὮὯᾸᾹᾺΆῈΈῊΉῘῙῚΊῨῩῪΎῬῸΌῺΏＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ',
        'æðøþđħĳŀłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǆǉǌǣǥǯǳƕƿǽǿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳάέήίόύώαβγδεζηθικλμνξοπρστυφχψωϊϋϗϙϛϝϟϡϣϥϧϩϫϭϯθϸϲϻͻͼͽѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆßỻỽỿἀἁἂἃἄἅἆἇἐἑἒἓἔἕἠἡἢἣἤἥἦἧἰἱἲἳἴἵἶἷὀὁὂὃὄὅὑὓὕὗὠὡὢὣὤὥὦὧᾰᾱὰάὲέὴήῐῑὶίῠῡὺύῥὸόὼώａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'))
$$;
-- +goose StatementEnd

-- All comments but those that their authors took down.
ALTER TABLE comments ADD COLUMN words TSVECTOR GENERATED ALWAYS AS (
    CASE WHEN state = 'deleted' THEN NULL ELSE to_tsvector('simple'::regconfig, comment_fold(body)) END) STORED;
ALTER TABLE comments ALTER COLUMN words SET STATISTICS 0;
CREATE INDEX comment_words ON comments USING gin (words);

-- As in 0007: the planner keeps no samples of what members write.
ALTER TABLE comment_versions
    ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE reports
    ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE warnings
    ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE notices
    ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE kept_comments
    ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE batches
    ALTER COLUMN undo SET STATISTICS 0;
