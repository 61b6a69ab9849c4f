/**
 * The passwords of ten or more characters that lists of leaked credentials are headed by, in lower case; compared without
 * regard to case. Kept short on purpose: the lockout stops what a longer list would, and refusing a good password costs a user.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
    !qaz2wsx3edc 0000000000 0123456789 0987654321 1010101010 1029384756 1111111111 1111111112 1112223334
    1122334455 112233445566 11223344556677 1212121212 1223334444 1231231231 123123123123 1231231234 1234123412
    12341234123412341234 1234512345 123451234512345 1234554321 123456123456 123456654321 1234567890 12345678901
    123456789012 1234567890123 1234567890a 1234567891 12345678910 1234567899 123456789987654321 123456789a
    123456789abc 123456789q 123456789qwerty 123456789z 1234567qwerty 123456abcd 123456abcdef 123456qwerty
    12345abcde 12345qwert 12345qwerty 1234qwerasdf 1236547890 123abc123abc 123qwe123qwe 123qweasd1 123qweasdzxc
    12qwaszx12 1357924680 1472583690 147258369a 159753456852 1597534682 1q1q1q1q1q 1q2w3e4r5t 1q2w3e4r5t6y
    1qaz2wsx3edc 1qaz@wsx3edc 1qazxsw23edc 2222222222 2718281828 3141592653 3141592654 5555555555 6666666666
    741852963a 7777777777 7894561230 8888888888 9638527410 9876543210 9999999999 a123456789 a1234567890
    a12345678910 a1b2c3d4e5 a1s2d3f4g5 aa123456789 abc1234567 abc123456789 abcabcabc1 abcd123456 abcd1234567
    abcde12345 abcdef1234 abcdefg123 abracadabra access1234 access12345 admin123123 admin12345 admin123456
    admin1234567 admin2023! admin2024! admin@123456 adminadmin administrator administrator1 alexander1
    alexander123 alexandra1 alexandria andrew1234 angel12345 angels1234 anthony123 argentina1 arsenal123
    asdf123456 asdfasdfasdf asdfghjkl1 asdfghjkl123 asdfghjkl; asdfqwerzxcv asecurepassword asshole123
    australia1 australia123 autumn2023 autumn2024 autumn2025 autumn2026 azertyuiop babyboy123 babygirl12
    babygirl123 barcelona1 barcelona11 barcelona123 baseball12 baseball123 basketball basketball1 basketball12
    batman1234 beautiful1 beautiful12 beautiful123 benjamin12 bestfriend bestfriend1 bestfriends billionaire
    bitch12345 blackberry blackberry1 blessed123 blink182182 bullshit12 business12 business123 butterfly1
    butterfly12 butterfly123 california california1 callofduty1 changeme12 changeme123 changeme123! changeme1234
    charlie123 charlie1234 cheesecake chelsea123 chocolate1 chocolate12 chocolate123 christian1 christian123
    christopher christopher1 cinnamon12 cisco12345 cisco123456 clearlot12 clearlot123 clearlot123! clearlot1234
    clearlot2026 company123 computer12 computer123 correcthorse correcthorsebatterystaple corvette12 cowboys123
    daniel1234 database12 database123 december12 default123 demo123456 demodemo12 dragon1234 dragonball
    dragonball1 dragonballz elizabeth1 elizabeth123 england123 example123 facebook12 facebook123 february12
    ferrari123 finance123 football12 football123 football1234 forever123 foreverlove foreveryoung freedom123
    friday1234 friends123 friendsforever friendship friendship1 fuckoff123 fuckyou12! fuckyou123 fuckyou1234
    gangster12 godisgood1 godisgreat godislove1 google1234 google12345 gorgeous12 greenday12 guest12345
    handsome12 harleydavidson heaven1234 hello123!! hello12345 hello123456 hellohello hellokitty hellokitty1
    helloworld helloworld1 ihateyou12 ilovejesus ilovemymom1 ilovemyself iloveyou00 iloveyou01 iloveyou12
    iloveyou123 iloveyou1234 iloveyou2! iloveyou22 iloveyou4ever iloveyou69 iloveyoubaby iloveyousomuch
    internet12 internet123 investment investor12 investor123 january123 jennifer12 jessica123 jesus12345
    jesuschrist jesusislord jordan1234 joshua1234 juventus12 lakers1234 letmein123 letmein1234 letmein12345
    letmeinnow linkedin12 linkedin123 liverpool1 liverpool123 london1234 lovelove12 lovelove123 lovelylady
    loveyou123 lucky12345 manchester master1234 master12345 mastermind matthew123 mercedes12 metallica1
    metallica12 michael123 michael1234 michelle12 michelle123 microsoft1 microsoft12 millionaire millionaire1
    minecraft1 minecraft12 minecraft123 monday1234 money12345 money123456 moneymoney moneymoney1 monkey1234
    monkey12345 motherfuck motherfucker mustang123 mypassword mypassword1 mypassword123 mysql12345 network123
    newpassword newyork123 nicole1234 nintendo12 nothing123 november11 oldpassword opensesame operator12
    operator123 oracle1234 oracle12345 p@ssw0rd12 p@ssw0rd123 p@ssword12 p@ssword123 p@ssword1234 passphrase
    passw0rd12 passw0rd123 password!@# password01 password1! password10 password11 password12 password123
    password1234 password12345 password123456 password2020 password2021 password2022 password2023 password2024
    password2025 password2026 password2027 passwordpassword pineapple1 playstation playstation2 playstation3
    pokemon123 pokemon1234 porsche911 postgres12 postgres123 princess1! princess12 princess123 q1w2e3r4t5
    q1w2e3r4t5y6 qazwsx1234 qazwsxedc1 qazwsxedcrfv qwerasdfzxcv qwerty123! qwerty1234 qwerty12345 qwerty123456
    qwerty7890 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] qwertzuiop rainbow123 realmadrid
    realmadrid1 robert1234 root123456 rootrootroot samantha12 samantha123 sample1234 samsung123 samsung1234
    secret1234 secret12345 secret123456 secure1234 secure12345 securepassword security12 security123 september1
    september11 server1234 shadow1234 slipknot12 slipknot666 soccer1234 something1 spiderman1 spiderman123
    spring1234 spring2023 spring2024 spring2025 spring2026 startrek12 starwars12 starwars123 steelers12
    stephanie1 stephanie123 strawberry strawberry1 summer123! summer1234 summer2020 summer2021 summer2022
    summer2023 summer2024 summer2025 summer2026 sunshine1! sunshine12 sunshine123 superadmin superadmin1
    superman12 superman123 superuser1 sweetheart sweetheart1 sweetie123 sysadmin12 sysadmin123 temp123456
    temporary1 temppassword test123456 test1234567 test12345678 tester1234 testing123 testing1234 testpassword
    testtest12 testtest123 testtesttest thepassword thequickbrownfox thomas1234 topsecret1 trading123
    trustno1234 user123456 volleyball washington washington1 watermelon welcome123 welcome123! welcome1234
    welcome12345 welcome123456 welcome2020 welcome2021 welcome2022 welcome2023 welcome2024 welcome2025
    welcome2026 welcome@123 whatever1! whatever12 whatever123 william123 winter1234 winter2020 winter2021
    winter2022 winter2023 winter2024 winter2025 winter2026 xbox360123 yamaha1234 yankees123 yourpassword
    youtube123 zaq12wsxcde3 zxcvbnm123 zxcvbnm1234
  `
    .trim()
    .split(/\s+/),
);
